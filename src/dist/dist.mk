# dist.mk - manual, completions, schema, install and packages; read by the Makefile.
# SPDX-License-Identifier: LGPL-2.1-or-later

DIST := $(BUILD)/dist
# Those that take long, or root, or another Debian, are run by hand: make dist-tests.
DIST_TESTS_LONG := tests/dist/deb.sh tests/dist/bundle.sh tests/dist/reproducible.sh
DIST_TESTS := $(filter-out $(DIST_TESTS_LONG),$(sort $(wildcard tests/dist/*.sh)))
DIST_ENV = VERSION="$(VERSION)" IMCSCAN="$(abspath $(BUILD))/imcscan" MKSPOOL="$(abspath $(BUILD))/mkspool" DIST="$(abspath $(DIST))" BUILD="$(BUILD)"
GENERATED := $(BUILD)/generated
# The day of the commit dates the manual and the packages: equal sources make equal bytes.
DIST_EPOCH := $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null),946684800)

MANUALS := $(DIST)/imcscan.1 $(DIST)/imcscan-case.5
COMPLETIONS := $(DIST)/imcscan.bash $(DIST)/_imcscan $(DIST)/imcscan.fish
DIST_FILES := $(MANUALS) $(COMPLETIONS) $(DIST)/imcscan.schema.json

.PHONY: dist

dist: $(DIST_FILES) ## the manual pages, completions and JSON Schema, in build/dist

# ---- what is compiled in ------------------------------------------------------------------------

$(GENERATED)/schema.inc: $(DIST)/imcscan.schema.json
	@mkdir -p $(@D)
	$(Q)sed 's/[\\"]/\\&/g; s/.*/\t"&",/' $< >$@

$(BUILD)/src/cli/schema.o: $(GENERATED)/schema.inc
$(BUILD)/src/cli/schema.o: CFLAGS_ALL += -I$(GENERATED)
lint: $(GENERATED)/schema.inc

# ---- what is written from the tables ------------------------------------------------------------

$(DIST)/imcscan.schema.json: src/dist/imcscan.schema.json Makefile
	@mkdir -p $(@D)
	$(Q)sed 's/@VERSION@/$(VERSION)/' $< >$@

$(MANUALS): $(DIST)/%: src/dist/%.in src/dist/manual.sh $(BUILD)/imcscan
	@mkdir -p $(@D)
	$(Q)src/dist/manual.sh $(BUILD)/imcscan $(VERSION) $(DIST_EPOCH) <$< >$@

$(COMPLETIONS): $(DIST)/%: src/dist/%.in src/dist/completion.awk $(BUILD)/imcscan
	@mkdir -p $(@D)
	$(Q)$(BUILD)/imcscan reference names >$@.names
	$(Q)$(BUILD)/imcscan reference options >$@.options
	$(Q)$(BUILD)/imcscan rules --ids >$@.rules
	$(Q)awk -f src/dist/completion.awk $@.names $@.options $@.rules $< >$@
	@rm -f $@.names $@.options $@.rules

# ---- tests --------------------------------------------------------------------------------------

.PHONY: dist-check
dist-check: $(DIST_FILES) $(BUILD)/imcscan ## manual, completions, schema, install: the tests of what is generated
	@$(DIST_ENV) tests/run-tests.sh $(DIST_TESTS)
