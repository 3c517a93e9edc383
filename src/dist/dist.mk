# dist.mk - manual, completions, schema, install and packages; read by the Makefile.
# SPDX-License-Identifier: LGPL-2.1-or-later

DIST := $(BUILD)/dist
# Those that take long, or root, or another Debian, are run by hand: make dist-tests.
DIST_TESTS_LONG := tests/dist/deb.sh tests/dist/bundle.sh tests/dist/reproducible.sh
DIST_TESTS := $(filter-out $(DIST_TESTS_LONG),$(sort $(wildcard tests/dist/*.sh)))
DIST_ENV = IMCSCAN="$(abspath $(BUILD))/imcscan" MKSPOOL="$(abspath $(BUILD))/mkspool" DIST="$(abspath $(DIST))" BUILD="$(BUILD)"
GENERATED := $(BUILD)/generated
# The day of the commit dates the manual and the packages: equal sources make equal bytes.
DIST_EPOCH := $(or $(SOURCE_DATE_EPOCH),$(shell git log -1 --format=%ct 2>/dev/null),946684800)

MANUALS := $(DIST)/imcscan.1 $(DIST)/imcscan-case.5
COMPLETIONS := $(DIST)/imcscan.bash $(DIST)/_imcscan $(DIST)/imcscan.fish
DIST_FILES := $(MANUALS) $(COMPLETIONS) $(DIST)/imcscan.schema.json

.PHONY: dist dist-check dist-tests install uninstall deb static-bundle

dist: $(DIST_FILES) ## the manual pages, completions and JSON Schema, in build/dist

# ---- what is compiled in ------------------------------------------------------------------------

$(GENERATED)/schema.inc: $(DIST)/imcscan.schema.json
	@mkdir -p $(@D)
	$(Q)sed 's/[\\"]/\\&/g; s/.*/\t"&",/' $< >$@

$(BUILD)/src/cli/schema.o: $(GENERATED)/schema.inc
$(BUILD)/src/cli/schema.o: CFLAGS_ALL += -I$(GENERATED)
# The version stands in the Makefile alone.
$(BUILD)/src/cli/about.o: Makefile
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

# ---- install ------------------------------------------------------------------------------------

# Debian's packages keep theirs apart from what is installed by hand.
ZSH_DIR = share/zsh/$(if $(filter /usr,$(PREFIX)),vendor-completions,site-functions)
# from:to, below PREFIX
INSTALLED = $(DIST)/imcscan.1:share/man/man1/imcscan.1 \
	$(DIST)/imcscan-case.5:share/man/man5/imcscan-case.5 \
	$(DIST)/imcscan.bash:share/bash-completion/completions/imcscan \
	$(DIST)/_imcscan:$(ZSH_DIR)/_imcscan \
	$(DIST)/imcscan.fish:share/fish/vendor_completions.d/imcscan.fish \
	$(DIST)/imcscan.schema.json:share/imcscan/imcscan.schema.json \
	src/dist/dfxml.xsd:share/imcscan/dfxml.xsd \
	src/dist/dfxml-findings.xsd:share/imcscan/dfxml-findings.xsd

# Job scripts, run where they lie or copied.
FLEET := $(sort $(wildcard src/dist/fleet/*))

install: $(BUILD)/imcscan $(DIST_FILES) ## program, manual, completions, schemas; PREFIX=/usr/local DESTDIR=
	install -D -m 0755 $(BUILD)/imcscan "$(DESTDIR)$(PREFIX)/bin/imcscan"
	install -D -m 0755 -t "$(DESTDIR)$(PREFIX)/share/imcscan/fleet" $(FLEET)
	@for pair in $(INSTALLED); do \
		install -D -m 0644 "$${pair%%:*}" "$(DESTDIR)$(PREFIX)/$${pair#*:}" || exit 1; \
	done

uninstall: ## removes what install put there
	rm -f "$(DESTDIR)$(PREFIX)/bin/imcscan"
	@for pair in $(INSTALLED); do rm -f "$(DESTDIR)$(PREFIX)/$${pair#*:}" || exit 1; done
	@for script in $(notdir $(FLEET)); do rm -f "$(DESTDIR)$(PREFIX)/share/imcscan/fleet/$$script" || exit 1; done
	@-rmdir "$(DESTDIR)$(PREFIX)/share/imcscan/fleet" "$(DESTDIR)$(PREFIX)/share/imcscan" 2>/dev/null

# ---- packages -----------------------------------------------------------------------------------

deb: $(BUILD)/imcscan $(DIST_FILES) ## build/imcscan_VERSION_ARCH.deb, the same bytes from the same sources
	@rm -rf $(BUILD)/deb
	@$(MAKE) --no-print-directory install PREFIX=/usr DESTDIR=$(BUILD)/deb/root >/dev/null
	@src/dist/deb.sh $(BUILD)/deb $(VERSION) $(DIST_EPOCH) $(BUILD)

static-bundle: $(BUILD)/imcscan $(DIST_FILES) ## build/imcscan-VERSION-MACHINE.tar.xz, which brings all it needs along
	@rm -rf $(BUILD)/bundle
	@$(MAKE) --no-print-directory install PREFIX= ZSH_DIR=share/zsh/site-functions DESTDIR=$(BUILD)/bundle/root >/dev/null
	@src/dist/bundle.sh $(BUILD)/bundle $(VERSION) $(DIST_EPOCH) $(BUILD)

# ---- tests --------------------------------------------------------------------------------------

dist-check: $(DIST_FILES) $(BUILD)/imcscan ## manual, completions, schema, install: the tests of what is generated
	@$(DIST_ENV) tests/run-tests.sh $(DIST_TESTS)

dist-tests: dist-check ## packages built, compared, installed in clean Debians: root, debootstrap, some minutes
	@$(MAKE) --no-print-directory deb static-bundle
	@$(DIST_ENV) tests/run-tests.sh $(DIST_TESTS_LONG)
