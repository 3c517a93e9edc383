# imcscan: build, test, install. `make help` lists the targets.
#
# Knobs: CC=clang  WERROR=1 (warnings are errors)  SAN=address,undefined (own build folder)  V=1 (show
# commands)  BUILD=dir  PREFIX=/usr/local  DESTDIR=  TREE=path (make run)  MAIL=dir (make eval, rates)

VERSION := 1.0.0
CC := $(if $(filter default,$(origin CC)),gcc,$(CC))
BUILD ?= build$(if $(SAN),-san)$(if $(findstring clang,$(CC)),-clang)
PREFIX ?= /usr/local
TREE ?= corpus/Imcdata
Q := $(if $(V),,@)

PACKAGES := gmime-3.0 libmagic libseccomp jansson libcrypto libxml-2.0 sqlite3 libarchive
PKG_CFLAGS = $(patsubst -I%,-isystem %,$(shell pkg-config --cflags $(PACKAGES) 2>/dev/null))
PKG_LIBS = $(shell pkg-config --libs $(PACKAGES) 2>/dev/null) -lm

STD := -std=c17 -D_GNU_SOURCE -Iinclude -Isrc -DIMCSCAN_VERSION='"$(VERSION)"'
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes \
	-Wold-style-definition -Wwrite-strings -Wcast-qual -Wpointer-arith -Wvla -Wformat=2 -Wundef \
	-Wimplicit-fallthrough -fno-common -Wno-missing-field-initializers $(if $(WERROR),-Werror)
HARD := -O2 -g -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection -fPIE \
	-ftrivial-auto-var-init=pattern -ffile-prefix-map=$(CURDIR)=. $(if $(filter x86_64,$(shell uname -m)),-fcf-protection)
SANITIZE := -O1 -g -fno-omit-frame-pointer -fsanitize=$(SAN) -fno-sanitize-recover=undefined
CFLAGS_ALL = $(STD) $(WARN) $(if $(SAN),$(SANITIZE),$(HARD)) $(PKG_CFLAGS) $(CFLAGS)
LDFLAGS_ALL = $(if $(SAN),-fsanitize=$(SAN),-pie -Wl,-z,relro,-z,now,-z,noexecstack -Wl,--as-needed) $(LDFLAGS)

SOURCES := $(sort $(wildcard parsers/*.c parsers/*/*.c src/*/*.c))
LIBRARY_SOURCES := $(filter-out src/cli/main.c,$(SOURCES))
LIBRARY := $(BUILD)/libimcscan.a
HEADERS := $(sort $(wildcard include/*.h parsers/*.h parsers/*/*.h src/*/*.h))
UNIT_SOURCES := $(sort $(wildcard tests/*/test_*.c tests/*/*/test_*.c))
UNIT_TESTS := $(UNIT_SOURCES:%.c=$(BUILD)/%)
MKSPOOL_SOURCES := $(sort $(wildcard tests/mkspool/*.c tests/mkspool.c))
LOG_WRITERS := $(sort $(wildcard tests/mkspool/logs*.c)) tests/mkspool/evt.c tests/mkspool/buf.c tests/mkspool/rng.c
CLI_TESTS := $(sort $(wildcard tests/cli/*.sh))
SHIMS := $(patsubst %.c,$(BUILD)/%.so,$(sort $(wildcard tests/shims/*.c)))
FUZZ_SOURCES := $(sort $(wildcard tests/fuzz/fuzz_*.c))
FUZZ_HELPERS := $(filter-out $(FUZZ_SOURCES) tests/fuzz/replay.c,$(sort $(wildcard tests/fuzz/*.c)))
REPLAYS := $(patsubst corpus/crashers/%/,$(BUILD)/tests/replay/%,$(wildcard corpus/crashers/*/))
FUZZ_OBJECTS := $(patsubst %.c,$(BUILD)/%.o,$(FUZZ_HELPERS) tests/mkspool/buf.c tests/mkspool/encode.c)
BENCH_SOURCES := $(sort $(wildcard tests/bench/*.c))
BENCH_TOOLS := $(BENCH_SOURCES:%.c=$(BUILD)/%)
OBJECTS := $(SOURCES:%.c=$(BUILD)/%.o)
C_FILES := $(SOURCES) $(HEADERS) $(UNIT_SOURCES) $(MKSPOOL_SOURCES) $(wildcard tests/*.c tests/*.h tests/parsers/logs/evtdump.c \
	tests/mkspool/*.h tests/shims/*.c) $(BENCH_SOURCES) $(FUZZ_SOURCES) $(FUZZ_HELPERS) tests/fuzz/replay.c $(wildcard tests/fuzz/*.h)

.PHONY: all help run test check build-tests lint format check-layers check-headers \
	check-rules demo eval salvage scenarios plans rates ambiguous bench bench-check fleet million ci clean fuzzers fuzz-smoke fuzz-long soak coverage valgrind \
	setup-run setup-test setup-ci setup-slow
.DELETE_ON_ERROR:

all: $(BUILD)/imcscan ## build build/imcscan

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  \1\t\2/p' Makefile src/dist/dist.mk | expand -t 18

# ---- the two commands that do everything -------------------------------------------------------

run: setup-run ## install what is missing, build, scan the demo tree or TREE=/path
	@$(MAKE) --no-print-directory -j2 all
	@"$(BUILD)/imcscan" scan "$(TREE)"; status=$$?; \
	case $$status in 0|1|3) echo "make run: imcscan ended with exit status $$status" \
		"(0 nothing found, 1 suspects, 3 not all examined)" >&2 ;; *) exit $$status ;; esac

test: setup-test ## install what is missing, build, run the tests
	@$(MAKE) --no-print-directory -j2 all build-tests
	@$(MAKE) --no-print-directory check

setup-run setup-test setup-ci setup-slow: setup-%:
	@src/dist/setup.sh $*

# ---- build --------------------------------------------------------------------------------------

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@$(if $(V),:,echo "  CC      $<")
	$(Q)$(CC) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

$(LIBRARY): $(LIBRARY_SOURCES:%.c=$(BUILD)/%.o)
	@$(if $(V),:,echo "  AR      $@")
	@rm -f $@
	$(Q)ar rcs $@ $^

$(BUILD)/imcscan: $(BUILD)/src/cli/main.o $(LIBRARY)
	@$(if $(V),:,echo "  LINK    $@")
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS)

$(BUILD)/mkspool: $(MKSPOOL_SOURCES:%.c=$(BUILD)/%.o)
	@$(if $(V),:,echo "  LINK    $@")
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^

$(BUILD)/tests/%: $(BUILD)/tests/%.o $(LIBRARY)
	@$(if $(V),:,echo "  LINK    $@")
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ -lcmocka $(PKG_LIBS)

$(BUILD)/tests/%.o: CFLAGS_ALL += -Itests

# What reads generated event logs brings their generator along.
$(BUILD)/tests/parsers/logs/test_flips $(BUILD)/tests/worker/test_logs: $(BUILD)/tests/mkspool/samples.o \
	$(LOG_WRITERS:%.c=$(BUILD)/%.o)
$(BUILD)/tests/parsers/logs/test_evt $(BUILD)/tests/parsers/logs/test_story $(BUILD)/tests/parsers/logs/evtdump \
	$(BUILD)/tests/correlate/test_story: \
	$(LOG_WRITERS:%.c=$(BUILD)/%.o)

# The helpers come first: their arena takes the place of the library's. Wants clang and
# SAN=address,undefined,fuzzer-no-link (tests/fuzz/smoke.sh).
$(FUZZ_SOURCES:%.c=$(BUILD)/%): $(BUILD)/%: $(BUILD)/%.o $(FUZZ_OBJECTS) $(LIBRARY)
	@$(if $(V),:,echo "  LINK    $@")
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $^ $(PKG_LIBS)

# The targets that were broken once, with a main() of their own, by any compiler.
$(REPLAYS): $(BUILD)/tests/replay/%: $(BUILD)/tests/fuzz/%.o $(BUILD)/tests/fuzz/replay.o $(FUZZ_OBJECTS) $(LIBRARY)
	@mkdir -p $(@D)
	@$(if $(V),:,echo "  LINK    $@")
	$(Q)$(CC) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $^ $(PKG_LIBS)

.PRECIOUS: $(BUILD)/%.o

-include $(OBJECTS:.o=.d) $(UNIT_SOURCES:%.c=$(BUILD)/%.d) $(MKSPOOL_SOURCES:%.c=$(BUILD)/%.d) \
	$(BUILD)/tests/corpus.d $(BUILD)/tests/forced.d $(FUZZ_SOURCES:%.c=$(BUILD)/%.d) $(FUZZ_HELPERS:%.c=$(BUILD)/%.d) \
	$(BENCH_SOURCES:%.c=$(BUILD)/%.d)

# For LD_PRELOAD: no sanitizer, whatever the program has.
$(BUILD)/tests/shims/%.so: tests/shims/%.c
	@mkdir -p $(@D)
	@$(if $(V),:,echo "  SHIM    $@")
	$(Q)$(CC) $(STD) -Wall -Wextra -O1 -fPIC -shared -o $@ $< -ldl

include src/dist/dist.mk

# ---- tests --------------------------------------------------------------------------------------

build-tests: $(DIST_FILES) $(UNIT_TESTS) $(REPLAYS) $(SHIMS) $(BUILD)/tests/parsers/logs/evtdump $(BUILD)/tests/corpus $(BUILD)/tests/forced $(BUILD)/tests/mkcase $(BUILD)/mkspool

check: build-tests $(BUILD)/imcscan ## run the tests without installing anything
	@IMCSCAN="$(abspath $(BUILD))/imcscan" MKSPOOL="$(abspath $(BUILD))/mkspool" MKCASE="$(abspath $(BUILD))/tests/mkcase" BUILD="$(BUILD)" DIST="$(abspath $(DIST))" \
	tests/run-tests.sh $(CLI_TESTS) $(if $(SAN),,$(DIST_TESTS)) $(UNIT_TESTS) $(BUILD)/tests/corpus $(BUILD)/tests/forced tests/crashers.sh tests/check-rules.sh \
	tests/eval/demo-is-current.sh

check-layers: ## what each folder may include and call
	@tests/check-layers.sh

check-headers: ## every header compiles alone
	@for header in $(HEADERS); do \
		$(CC) $(STD) $(WARN) -Werror $(PKG_CFLAGS) -fsyntax-only -x c "$$header" || exit 1; \
	done; echo "check-headers: $(words $(HEADERS)) headers compile alone"

check-rules: all $(BUILD)/tests/corpus $(BUILD)/tests/forced ## rules, cases and corpus agree
	@IMCSCAN="$(abspath $(BUILD))/imcscan" BUILD="$(BUILD)" tests/check-rules.sh

lint: ## clang-format, clang-tidy, cppcheck, shell syntax
	@CFLAGS_LINT='-std=c17 -D_GNU_SOURCE -Iinclude -Isrc -Iparsers -I$(GENERATED) -DIMCSCAN_VERSION=\"$(VERSION)\" $(PKG_CFLAGS)' \
	tests/lint.sh $(C_FILES)

format: ## rewrite the C files in house style
	clang-format -i $(C_FILES)

ci: setup-ci ## all that .ci/run does after make test
	@tests/ci.sh

fuzzers: $(FUZZ_SOURCES:%.c=$(BUILD)/%)

fuzz-smoke: ## ten seconds of each fuzzer (clang)
	@tests/fuzz/smoke.sh

soak: all ## an hour of scans of damaged files, two million of them (MAIL=dir, SOAK=options of tests/soak/soak.py)
	@tests/soak/soak.py --imcscan="$(abspath $(BUILD))/imcscan" $(if $(MAIL),--mail="$(MAIL)") $(SOAK)

coverage: setup-slow ## branches of parsers and rules that the tests take, at least 85 percent
	@tests/coverage.sh

valgrind: setup-slow all build-tests ## memcheck of the unit tests and of scans of the corpus
	@BUILD="$(BUILD)" tests/memcheck.sh

fuzz-long: ## five minutes of processor time of each fuzzer, thirty of the whole (clang; hours)
	@tests/fuzz/smoke.sh 1 fuzz_weights
	@tests/fuzz/long.py $(LONG)

# ---- measuring ----------------------------------------------------------------------------------

demo: $(BUILD)/mkspool ## write corpus/Imcdata anew
	rm -rf corpus/Imcdata corpus/truth.tsv
	$(BUILD)/mkspool --demo --out=corpus

eval: all $(BUILD)/mkspool ## recall, false alarms and calibration on generated trees (MAIL=dir: real background)
	@status=0; for script in eval calibrate; do \
		tests/eval/$$script.py --imcscan=$(BUILD)/imcscan --mkspool=$(BUILD)/mkspool $(if $(MAIL),--mail=$(MAIL)) \
		$(if $(QUICK),--quick) $(if $(REQUIRE),--require) || status=1; \
	done; exit $$status

plans: all $(BUILD)/mkspool ## starts that the restart plan takes on generated trees (MAIL=dir, QUICK=1, REQUIRE=1)
	@tests/eval/plan.py --imcscan=$(BUILD)/imcscan --mkspool=$(BUILD)/mkspool $(if $(MAIL),--mail=$(MAIL)) \
	$(if $(QUICK),--quick) $(if $(REQUIRE),--require)

scenarios: all $(BUILD)/mkspool ## do the logs beside a tree lead to the culprit (QUICK=1, REQUIRE=1)
	@tests/eval/scenario.py --imcscan=$(BUILD)/imcscan --mkspool=$(BUILD)/mkspool $(if $(QUICK),--quick) \
	$(if $(REQUIRE),--require)

rates: all $(BUILD)/mkspool ## how often each rule fires in the mail of MAIL=dir
	@tests/eval/rates.py --imcscan=$(BUILD)/imcscan --mkspool=$(BUILD)/mkspool $(if $(MAIL),--mail=$(MAIL))

ambiguous: all ## how many ambiguous mails are suspected, and no valid one (REQUIRE=percent)
	@tests/eval/ambiguous.py --imcscan=$(BUILD)/imcscan $(if $(REQUIRE),--require=$(REQUIRE))

salvage: all $(BUILD)/mkspool ## salvage all triggers and damage, and damaged healthy mail (MAIL=dir, REQUIRE=1)
	@tests/eval/salvage.py --imcscan=$(BUILD)/imcscan --mkspool=$(BUILD)/mkspool $(if $(MAIL),--mail=$(MAIL)) \
	$(if $(REQUIRE),--require)

bench: all $(BUILD)/mkspool $(BENCH_TOOLS) ## cost beside other tools; hostile messages at two sizes
	@tests/bench/compare.py --build=$(BUILD)
	@IMCSCAN="$(abspath $(BUILD))/imcscan" tests/bench/linear.sh
	@tests/bench/hostile.py --imcscan=$(BUILD)/imcscan
	@tests/bench/salvage.py --imcscan=$(BUILD)/imcscan

fleet: all $(BUILD)/mkspool ## parts of a scan by Slurm, GNU parallel and ssh; files of 5 GB
	@IMCSCAN="$(abspath $(BUILD))/imcscan" MKSPOOL="$(abspath $(BUILD))/mkspool" BUILD="$(BUILD)" \
	JOBS=1 tests/run-tests.sh $(wildcard tests/fleet/*.sh)

million: all $(BUILD)/mkspool ## memory and time of MESSAGES=1000000 small messages against those of 10,000
	@tests/fleet/million.py --imcscan=$(BUILD)/imcscan --mkspool=$(BUILD)/mkspool $(if $(MESSAGES),--messages=$(MESSAGES))

bench-check: ## instructions of HEAD beside those of BASE=REVISION; more than 3 % more fails
	@BASE="$(BASE)" tests/bench/check.sh

clean: ## remove the build folders
	rm -rf build build-san build-clang build-san-clang
