# kam: key account management for PostgreSQL 15 and later
#
#   make                build against the pg_config found first on PATH (or PG_CONFIG=…)
#   make install        into that PostgreSQL; DESTDIR is honoured
#   make installcheck   regression and isolation tests against a running server
#
# These need nothing installed beforehand, install nothing into the system's
# PostgreSQL and leave no server running (see tools/):
#
#   make demo           the demonstration, on a throw-away server; leaves kam-report-2569.html, or KAM_DEMO_REPORT=FILE
#   make test           every test, on every installed PostgreSQL version
#   make test-all       the same in fresh Debian systems with 15, 17 and 18 (as root)
#   make bench          the benchmark
#   make lint           every warning is an error, with gcc and with clang
#   make dist           the release archive for PGXN

EXTENSION = kam
MODULE_big = kam
EXTVERSION := $(shell sed -n "s/^default_version *= *'\(.*\)'/\1/p" kam.control)

# ---- C -------------------------------------------------------------------

OBJS = $(patsubst %.c,%.o,$(sort $(wildcard src/*.c)))
PGFILEDESC = "kam - key account management"

# The server's own headers warn under -Wextra; as system headers they are quiet,
# and ours stay under the full set.
PG_CPPFLAGS = -isystem $(includedir_server) -DKAM_VERSION='"$(EXTVERSION)"'
PG_CFLAGS = -Wall -Wextra -Wno-unused-parameter

# A server built without ICU does not name the libraries.
SHLIB_LINK += $(or $(strip $(ICU_LIBS)),$(shell pkg-config --libs icu-i18n icu-uc))

# ---- SQL -----------------------------------------------------------------

# The concepts, in the order of their parts of the install script:
# each is sql/extension/<concept>.sql.
CONCEPTS = \
	schema \
	label \
	tier \
	value_class \
	criteria \
	portfolio \
	rate \
	comparison \
	rule_set \
	kasm \
	special_selection \
	bill_cutoff \
	facts \
	classify \
	area_cutoff \
	what_if \
	kasm_view \
	explain_kasm \
	nearest_miss \
	bangkok_date \
	calendar \
	thai_holiday \
	working_day \
	icalendar \
	on_time \
	process_step \
	attached_rule \
	portfolio_guard \
	response_deadline \
	record_deadline \
	recompute_deadlines \
	markup \
	thai_date \
	satisfaction \
	kasm_matrix \
	picture \
	text_search \
	workflow \
	carried_workflow

# The parts of the workflow, in the order in which they are run: each is
# sql/workflow/<part>.sql. They are carried by functions of the extension.
WORKFLOW = \
	identity \
	workflow \
	unit \
	staff \
	post \
	authority \
	history \
	decision \
	account \
	bill \
	import \
	plan \
	selection \
	kamr \
	training \
	assignment \
	plan_content \
	plan_missing \
	plan_approval \
	amendment \
	contact \
	service_case \
	voice \
	survey \
	introduction \
	resource_request \
	note \
	evaluation \
	report \
	kpi \
	picture \
	voice_search \
	form \
	form_report \
	form_section \
	form_document \
	page \
	system_entry \
	deadline \
	sweep \
	star \
	beginning \
	privilege \
	statistics

WORKFLOW_FILES = $(WORKFLOW:%=sql/workflow/%.sql) $(sort $(wildcard sql/workflow/migration/*.sql))
CARRIED_WORKFLOW = sql/extension/carried_workflow.sql

SQL_PARTS = $(CONCEPTS:%=sql/extension/%.sql)
INSTALL_SCRIPT_SQL = $(EXTENSION)--$(EXTVERSION).sql

# The way up from the release before: what changed (sql/changed.sql), the concepts that are new, and the workflow anew.
RELEASED_VERSION = 0.3.0
NEW_CONCEPTS = markup thai_date satisfaction kasm_matrix picture text_search
UPGRADE_SCRIPT_SQL = $(EXTENSION)--$(RELEASED_VERSION)--$(EXTVERSION).sql

DATA_built = $(INSTALL_SCRIPT_SQL) $(UPGRADE_SCRIPT_SQL)
# Install scripts of earlier versions, frozen, and the way up from each.
DATA = $(sort $(wildcard sql/released/*.sql)) $(sort $(wildcard sql/upgrade/*.sql))

# ---- tests against a running server ----------------------------------------

# test/sql/<name>_from_18.sql is run by PostgreSQL 18 and later only.
from_version = $(lastword $(subst _from_, ,$1))
is_for_this_server = $(if $(findstring _from_,$1),$(filter $(call from_version,$1),\
	$(firstword $(sort $(call from_version,$1) $(MAJORVERSION)))),yes)
tests_of = $(foreach test,$(sort $(basename $(notdir $(wildcard $1)))),\
	$(if $(call is_for_this_server,$(test)),$(test)))

REGRESS = $(call tests_of,test/sql/*.sql)
ISOLATION = $(call tests_of,test/isolation/specs/*.spec)

# The same answers on every server: an UTF-8 database sorted by code point.
TEST_DATABASE = --load-extension=kam --encoding=UTF8 --no-locale
REGRESS_OPTS = --inputdir=test --outputdir=test $(TEST_DATABASE)
ISOLATION_OPTS = --inputdir=test/isolation --outputdir=test/isolation $(TEST_DATABASE)

EXTRA_CLEAN = $(EXTENSION)--*.sql $(CARRIED_WORKFLOW) $(EXTENSION)-*.zip \
	$(foreach dir,test test/isolation,$(addprefix $(dir)/,results regression.diffs regression.out output_iso))

# ---- PGXS ----------------------------------------------------------------

PG_CONFIG ?= pg_config
PGXS := $(shell $(PG_CONFIG) --pgxs 2>/dev/null)

# Without the clang that PostgreSQL was built with there is no bitcode for the JIT
# compiler: it then calls our functions instead of inlining them.
ifeq ($(shell command -v "$$(sed -n 's/^CLANG = //p' $(dir $(PGXS))../Makefile.global 2>/dev/null)"),)
override with_llvm = no
endif

ifneq ($(wildcard $(PGXS)),)
include $(PGXS)
else
all install installcheck:
	@echo "$(PG_CONFIG) finds no PostgreSQL to build against: install postgresql-server-dev-<version>" >&2
	@echo "(tools/need does, on Debian), or say PG_CONFIG=/path/to/pg_config" >&2
	@exit 1
clean:
	rm -rf $(OBJS) $(OBJS:.o=.bc) kam.so $(EXTRA_CLEAN)
endif

# No dependency tracking in PGXS: with so few headers, every object depends on all of them.
$(OBJS) $(OBJS:.o=.bc): $(wildcard src/*.h) kam.control Makefile

# Thai text stands in unistr('…') or U&'…' in the parts and as its escapes in the script: so a
# database of another encoding can read the script as far as the sentence that refuses it.
WRITE_ESCAPES = perl -CSD -pe 's/([^\x00-\x7F])/sprintf(ord $$1 > 0xFFFF ? "\\+%06X" : "\\%04X", ord $$1)/ge'

$(INSTALL_SCRIPT_SQL): $(SQL_PARTS) kam.control Makefile
	{ printf '%s\n' '\echo Use "CREATE EXTENSION $(EXTENSION)" to load this file. \quit'; \
	  cat $(SQL_PARTS); } | $(WRITE_ESCAPES) > $@.tmp
	mv $@.tmp $@

$(UPGRADE_SCRIPT_SQL): $(NEW_CONCEPTS:%=sql/extension/%.sql) $(WORKFLOW_FILES) sql/skip_support.sql sql/changed.sql \
		tools/upgrade-script tools/workflow-script kam.control Makefile
	{ tools/upgrade-script $(NEW_CONCEPTS); \
	  tools/workflow-script --replace $(EXTVERSION) $(WORKFLOW_FILES); } | $(WRITE_ESCAPES) > $@.tmp
	mv $@.tmp $@

$(CARRIED_WORKFLOW): $(WORKFLOW_FILES) tools/workflow-script kam.control Makefile
	tools/workflow-script $(EXTVERSION) $(WORKFLOW_FILES) > $@.tmp
	mv $@.tmp $@

# ---- targets that bring what they need (tools/) ------------------------------

# Without PG_CONFIG on the command line, tools/servers finds the PostgreSQL to use.
for_server = $(if $(filter command environment,$(firstword $(origin PG_CONFIG))),PG_CONFIG='$(PG_CONFIG)')

.PHONY: demo test test-all bench lint dist

demo:
	@$(for_server) tools/need build
	@$(for_server) tools/demo

bench:
	@$(for_server) tools/need bench
	@$(for_server) tools/sandbox bench/run

test test-all:
	@$(for_server) tools/$@

# -O2, because some warnings come from the optimiser.
lint:
	for compiler in gcc $(or $(CLANG),clang); do for file in $(OBJS:.o=.c); do \
		$$compiler -O2 -Werror -Wdeclaration-after-statement -Wmissing-prototypes $(PG_CFLAGS) \
			$(CPPFLAGS) -c -o /dev/null $$file || exit 1; \
	done; done

# PGXN reads META.json, which therefore is in the tree; its version follows kam.control.
# (The version of the file's own format, on the line of "meta-spec", is left alone.)
all: META.json
META.json: kam.control
	@sed 's/^\( *"version": "\)[^"]*/\1$(EXTVERSION)/' $@ >$@.tmp
	@if cmp -s $@.tmp $@; then rm $@.tmp; touch $@; else mv $@.tmp $@; echo "$@: version $(EXTVERSION)"; fi

dist: META.json
	@grep -q '^## \[\{0,1\}$(subst .,\.,$(EXTVERSION))\b' CHANGELOG.md || \
		{ echo 'CHANGELOG.md has no section "## $(EXTVERSION)"' >&2; exit 1; }
	@git diff --quiet HEAD || { echo 'The tree has changes that are not committed' >&2; exit 1; }
	git archive --format=zip --prefix=$(EXTENSION)-$(EXTVERSION)/ --output=$(EXTENSION)-$(EXTVERSION).zip HEAD
