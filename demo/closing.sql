\echo
\echo 'Every call: README.md and docs/. The SQL behind these pages: demo/*.sql.'
