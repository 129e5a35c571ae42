# Yaofang: `make help` lists what can be made. B is the build folder, so that several builds can stand side by side.
B ?= build
MODE ?= release
PREFIX ?= /usr/local

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-print-directory

PACKAGES := libpq libmicrohttpd xlsxwriter libcjson libsodium gnutls pangocairo minizip expat
CHECKED = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla \
	-Wwrite-strings -Wformat=2 -Wswitch-enum -Wundef -fno-common
ifneq ($(filter-out help run demo test clean,$(MAKECMDGOALS)),)
PKG_CFLAGS := $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null | sed 's/-I/-isystem /g')
PKG_LIBS := $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lzint -lcsv -lcups -lm -lpthread
endif
FLAGS_release = -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE -fcf-protection
FLAGS_asan = -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -Werror
FLAGS_tsan = -O1 -g -fsanitize=thread -Werror
FLAGS_libfuzzer = -O2 -g -fsanitize=address,fuzzer-no-link -fno-sanitize-coverage=trace-cmp -Wno-format-nonliteral
LINK_release = -pie -Wl,-z,relro,-z,now
LINK_asan = -fsanitize=address,undefined
LINK_tsan = -fsanitize=thread
LINK_libfuzzer = -fsanitize=address,fuzzer
CFLAGS = -std=c17 -D_GNU_SOURCE $(CHECKED) $(FLAGS_$(MODE)) -Iapp -I$(B)/gen $(PKG_CFLAGS)
POISON = -include app/base/banned.h

SQL := $(sort $(wildcard app/sql/*.sql reports/*.sql))
SOURCES := $(sort $(wildcard app/*/*.c reports/*.c))
COMMANDS := $(sort $(wildcard app/*.c))
GENERATED := $(B)/gen/sql.c $(B)/gen/assets_schema.c $(B)/gen/assets_seed.c $(B)/gen/assets_web.c \
	$(B)/gen/assets_openapi.c
OBJECTS := $(SOURCES:%.c=$(B)/obj/%.o) $(GENERATED:$(B)/gen/%.c=$(B)/obj/gen/%.o)

$(B)/yaofang: $(COMMANDS:%.c=$(B)/obj/%.o) $(B)/libyaofang.a
	$(CC) $(LINK_$(MODE)) -o $@ $(filter %.o,$^) $(B)/libyaofang.a $(PKG_LIBS)

$(B)/libyaofang.a: $(OBJECTS)
	@rm -f $@
	@ar rcs $@ $^

$(B)/obj/%.o: %.c | $(B)/gen/sql.h
	@mkdir -p $(@D)
	@echo "  CC $<"
	@$(CC) $(CFLAGS) $(POISON) -MMD -MP -c -o $@ $<

# libxlsxwriter's headers mention a banned function: the sheet files ban them themselves, after including those.
$(patsubst %.c,$(B)/obj/%.o,$(wildcard app/print/sheet*.c)): POISON :=

$(B)/obj/gen/%.o: $(B)/gen/%.c
	@mkdir -p $(@D)
	@$(CC) -std=c17 -O1 -g -Iapp -I$(B)/gen -Wno-overlength-strings -c -o $@ $<

$(B)/gen/sql.h $(B)/gen/sql.c &: $(SQL) app/embed.sh Makefile
	@mkdir -p $(B)/gen
	@sh app/embed.sh sql $(B)/gen/sql.h $(B)/gen/sql.c $(SQL)

$(B)/gen/assets_schema.c: $(wildcard schema/*) app/embed.sh
	@mkdir -p $(@D) schema
	@sh app/embed.sh assets schema $@ schema
$(B)/gen/assets_seed.c: $(wildcard seed/*/*) app/embed.sh
	@mkdir -p $(@D) seed
	@sh app/embed.sh assets seed $@ seed
# The page takes Bootstrap as Debian ships it (libjs-bootstrap5), under vendor/.
BOOTSTRAP := $(wildcard /usr/share/javascript/bootstrap5/css/bootstrap.min.css)
$(B)/gen/assets_web.c: $(wildcard app/web/* app/web/*/*) $(BOOTSTRAP) app/embed.sh
	@mkdir -p $(@D) app/web $(B)/page/vendor
	@$(if $(BOOTSTRAP),cp $(BOOTSTRAP) $(B)/page/vendor/)
	@sh app/embed.sh assets web $@ app/web $(B)/page
$(B)/gen/assets_openapi.c: $(wildcard app/api/schemas/*) app/embed.sh
	@mkdir -p $(@D)
	@sh app/embed.sh assets openapi $@ app/api/schemas

# Check programs: tests/KIND/test_NAME.c holds suite_NAME(); the runner's list of them is generated.
TEST_KINDS := unit db api
define test_program
TESTS_$(1) := $$(sort $$(wildcard tests/$(1)/test_*.c))
$(B)/gen/suites_$(1).c: $$(TESTS_$(1)) Makefile
	@mkdir -p $$(@D)
	@{ echo '#include "support/runner.h"'; \
	   for t in $$(TESTS_$(1):tests/$(1)/test_%.c=%); do echo "Suite *suite_$$$$t(void);"; done; \
	   echo 'suite_maker *const suites[] = {'; \
	   for t in $$(TESTS_$(1):tests/$(1)/test_%.c=%); do echo "suite_$$$$t,"; done; echo '0 };'; } >$$@
$(B)/test-$(1): $$(TESTS_$(1):%.c=$(B)/obj/%.o) $(B)/obj/gen/suites_$(1).o $$(patsubst %.c,$(B)/obj/%.o,$$(wildcard tests/support/*.c)) $(B)/libyaofang.a
	@$$(CC) $$(LINK_$(MODE)) -o $$@ $$^ $$(PKG_LIBS) $$(shell pkg-config --libs check libcurl)
endef
$(foreach kind,$(TEST_KINDS),$(eval $(call test_program,$(kind))))
$(B)/obj/tests/%.o: CFLAGS += -Itests
$(B)/obj/tests/%.o: POISON :=
$(B)/obj/gen/suites_%.o: $(B)/gen/suites_%.c
	@mkdir -p $(@D)
	@$(CC) -std=c17 -D_GNU_SOURCE -Itests -Iapp -c -o $@ $<

JOBS = $(if $(filter -j%,$(MAKEFLAGS)),,-j$(shell nproc))
WITH_CLUSTER = app/deploy/with-cluster

# Fuzz targets: tests/fuzz/fuzz_NAME.c with driver.c, or under libFuzzer where the compiler is clang.
FUZZERS := $(patsubst tests/fuzz/%.c,$(B)/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
FUZZ_MAIN = $(if $(filter libfuzzer,$(MODE)),libfuzzer,driver)
FUZZ ?= $(FUZZERS:$(B)/fuzz_%=%)
FUZZ_RUNS ?= 1000000
$(FUZZERS): $(B)/%: $(B)/obj/tests/fuzz/%.o $(B)/obj/tests/fuzz/$(FUZZ_MAIN).o $(B)/obj/tests/support/zipped.o $(B)/libyaofang.a
	@$(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS)
fuzzers: $(FUZZERS)

# Benchmarks: load.c talks HTTP by itself; bench_NAME.c calls the program's own code.
BENCHES := $(patsubst tests/bench/%.c,$(B)/%,$(sort $(wildcard tests/bench/*.c)))
$(BENCHES): $(B)/%: $(B)/obj/tests/bench/%.o $(B)/libyaofang.a
	@$(CC) $(LINK_$(MODE)) -o $@ $^ $(PKG_LIBS)
benches: $(BENCHES)

.PHONY: benches fuzzers help run demo build test lint unit db api golden browser fuzz race torture bench format install clean

help: ## list what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

run: ## install what is missing, build, start database and service; Ctrl-C stops both
	@exec app/deploy/run "$(MAKE)"

demo: ## a pharmacist's task on the command line, step by step; leaves label, weigh sheet and workbook in out/
	@exec app/deploy/run "$(MAKE)" app/deploy/demo

build: ## install what is missing, make the release binary build/yaofang
	@app/deploy/dependencies run build
	@$(MAKE) $(JOBS) $(B)/yaofang

test: ## everything the repository can check, from nothing
	@exec tests/all "$(MAKE)"

lint: build ## format, cppcheck, arrows, words, lengths, shell scripts, documents
	@tests/lint/all

unit: ## unit tests without a database, under ASan and UBSan
	@$(MAKE) $(JOBS) MODE=asan B=$(B)/asan $(B)/asan/test-unit
	$(B)/asan/test-unit

db: ## tests against a new PostgreSQL cluster, under ASan and UBSan
	@$(MAKE) $(JOBS) MODE=asan B=$(B)/asan $(B)/asan/test-db
	$(WITH_CLUSTER) $(B)/asan/test-db

api: ## tests of the HTTP service, under ASan and UBSan
	@$(MAKE) $(JOBS) MODE=asan B=$(B)/asan $(B)/asan/test-api
	$(WITH_CLUSTER) $(B)/asan/test-api

golden: build ## the command line as a person at a terminal meets it
	@for test in tests/golden/test_*.py; do $(WITH_CLUSTER) /usr/bin/python3 $$test || exit 1; done

ifneq ($(findstring clang,$(CC)),)
fuzz: ## every parser on mutated input under ASan: FUZZ_SECONDS (10) each, with CC=clang FUZZ_RUNS (1000000); FUZZ="names typed"
	@$(MAKE) $(JOBS) MODE=libfuzzer B=$(B)/libfuzzer fuzzers
	@for name in $(FUZZ); do mkdir -p $(B)/libfuzzer/corpus/$$name && $(B)/libfuzzer/fuzz_$$name -runs=$(FUZZ_RUNS) \
		-max_len=4096 -timeout=10 -print_final_stats=1 -artifact_prefix=fuzz-$$name- $(B)/libfuzzer/corpus/$$name || exit 1; done
else
fuzz:
	@$(MAKE) $(JOBS) MODE=asan B=$(B)/asan fuzzers
	@for name in $(FUZZ); do ASAN_OPTIONS=handle_abort=1 $(B)/asan/fuzz_$$name || exit 1; done
endif

bench: build ## the figures we hold ourselves to, beside pgbench on the same cluster
	@$(MAKE) $(JOBS) benches
	@$(WITH_CLUSTER) --durable tests/bench/all

torture: build ## many people at the same lots, with service and database killed under them, TORTURE_SECONDS (60)
	@python3 tests/torture/torture.py

race: ## the tests under ThreadSanitizer
	@$(MAKE) $(JOBS) MODE=tsan B=$(B)/tsan $(TEST_KINDS:%=$(B)/tsan/test-%)
	@for kind in $(TEST_KINDS); do CK_FORK=no TSAN_OPTIONS=suppressions=$(CURDIR)/tests/race.supp setarch -R $(WITH_CLUSTER) $(B)/tsan/test-$$kind || exit 1; done

browser: build ## the page in real Chromium
	$(WITH_CLUSTER) tests/browser/run

format: ## rewrite the code in the house format
	clang-format -i $$(git ls-files '*.c' '*.h')

install: build ## the program and a systemd unit, into DESTDIR and PREFIX (/usr/local)
	install -D -m 755 $(B)/yaofang $(DESTDIR)$(PREFIX)/bin/yaofang
	install -d $(DESTDIR)/etc/systemd/system
	sed 's|/usr/local|$(PREFIX)|' app/deploy/yaofang.service >$(DESTDIR)/etc/systemd/system/yaofang.service

clean: ## remove what was built
	rm -rf $(B)

-include $(shell find $(B) -name '*.d' 2>/dev/null)
