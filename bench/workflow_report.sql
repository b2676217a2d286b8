-- A whole year of the workflow.

\pset format unaligned
\pset tuples_only on

SELECT repeat('═', 80);
SELECT format('kam %s on PostgreSQL %s, %s cores: one year of the workflow.',
    kam.version(), split_part(current_setting('server_version'), ' ', 1), :cores);
SELECT format('%s areas, %s offices, %s members of staff, %s customers with %s bills, %s key accounts,',
        (SELECT count(*) FROM crm.unit WHERE kind = 'area'), n(o.offices), n((SELECT count(*) FROM crm.staff)), n((SELECT count(*) FROM crm.account)), n((SELECT count(*) FROM crm.bill)),
        n((SELECT count(*) FROM crm.selection WHERE status = 'selected')))
    || format(E'\n%s activities, %s contacts, %s cases, %s voices, %s reports, %s decisions.',
        n((SELECT count(*) FROM crm.activity)), n((SELECT count(*) FROM crm.contact)), n((SELECT count(*) FROM crm.service_case)),
        n((SELECT count(*) FROM crm.voice)), n((SELECT count(*) FROM crm.report)), n((SELECT count(*) FROM crm.decision)))
FROM bench.office;
