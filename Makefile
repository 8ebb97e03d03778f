# microcourt: how the program is built and proved. GNU make; files are found by
# their folder, so a new one needs no line here.
#
#   make            the program, in build/release
#   make run        the program with a sample court on http://127.0.0.1:8080
#   make test       everything that proves it; ends with "N passed, N failed"
#   make lint       the checked rules of the house (part of make test)
#   make bench      benchmarks            make fuzz     fuzzing, a minute a parser
#   make deb        the Debian package, in build
#   make format     lay out the C files   make install  PREFIX, DESTDIR
#   make soak       a thousand kills (KILLS=N), half on each database
#   make clean      forget what was built
#
# BUILD=DIR builds elsewhere, V=1 shows the commands, CC and CLANG name compilers.

BUILD   ?= build
PREFIX  ?= /usr/local
CC      := $(if $(filter default,$(origin CC)),gcc,$(CC))
CLANG   ?= clang
LISTEN  ?= 127.0.0.1:8080
FUZZ_SECONDS ?= 60
KILLS   ?= 1000
Q       := $(if $(V),,@)
MAKEFLAGS += -r -j$(shell nproc)
.DELETE_ON_ERROR:
.SECONDARY:
all: $(BUILD)/release/microcourt

# -- what there is ---------------------------------------------------------------

SOURCES := $(sort $(wildcard src/*/*.c))
VIEWS   := $(sort $(basename $(notdir $(wildcard views/*.mustache views/[a-z]*.model))))
UNITS   := $(sort $(wildcard tests/unit/test_*.c))
FUZZERS := $(sort $(wildcard tests/fuzz/fuzz_*.c))
BENCHES := $(sort $(wildcard tests/bench/bench_*.c))
STORIES := $(sort $(wildcard tests/story/*.c))
TESTED  := $(UNITS) $(FUZZERS) $(BENCHES)
EMBEDS  := lang sql static paper

# -- flags -----------------------------------------------------------------------

# A user's newer compiler may warn of more than ours: that must not stop a start.
STRICT  := $(if $(filter run install deb,$(MAKECMDGOALS)),,-Werror)
WARN    := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2
BASIC   := -std=c17 -D_GNU_SOURCE=1 -g -pthread -Isrc -I$(BUILD)/view $(WARN) $(STRICT) \
           -ffile-prefix-map=$(CURDIR)=. -ffile-prefix-map=$(abspath $(BUILD))=build
# assert(!"what cannot be") is a sentence, not a mistake.
CLANGISH := -Wno-string-conversion
# Asserts stay on in production: nothing here says NDEBUG.
release_flags := -O2 -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
release_link  := -pie -Wl,-z,relro,-z,now -Wl,--compress-debug-sections=zlib
test_flags    := -O1 -fno-omit-frame-pointer -fsanitize=address,undefined -fno-sanitize-recover=all
test_link     := $(test_flags)
# What clang warns of is counted by lint and need not stop the fuzzers.
fuzz_flags    := -w $(test_flags) -fsanitize=fuzzer-no-link
fuzz_link     := $(test_flags) -fsanitize=fuzzer
release_cc = $(CC)
test_cc    = $(CC)
fuzz_cc    = $(CLANG)
LIBRARIES := libmicrohttpd sqlite3 libpq libsodium libcrypto jansson libcurl libseccomp libqrencode libfido2

# -- packages --------------------------------------------------------------------

# Asks once for all of them whether they are there, and fetches those that are not.
.PHONY: packages
packages:
	@tools/provision.sh $(if $(filter bench,$(MAKECMDGOALS)),bench,$(if $(filter test lint fuzz soak format,$(MAKECMDGOALS)),test,run))

$(BUILD)/compile.flags: Makefile | packages
	@mkdir -p $(@D)
	$(Q)pkg-config --cflags $(LIBRARIES) >$@

$(BUILD)/link.flags: Makefile | packages
	@mkdir -p $(@D)
	$(Q)echo "$$(pkg-config --libs $(LIBRARIES)) -lm" >$@

# -- what is made before the compiler runs ---------------------------------------

# The pages become C (tools/viewc.h). viewc leaves alone what has not changed, so a
# stamp says when it last ran. A folder is newer when a file came or went.
$(BUILD)/viewc: $(wildcard tools/viewc*.c tools/viewc*.h) | packages
	@mkdir -p $(@D)
	@echo "cc    $@"
	$(Q)$(CC) -std=c17 -D_GNU_SOURCE=1 -O1 -g $(WARN) -o $@ $(filter %.c,$^)

VIEW_C := $(BUILD)/view/view.c $(VIEWS:%=$(BUILD)/view/view_%.c)

$(BUILD)/view/stamp: $(BUILD)/viewc views $(wildcard views/*)
	@mkdir -p $(@D)
	@echo "view  $(@D)"
	$(Q)$(BUILD)/viewc views $(@D)
	@touch $@

$(VIEW_C) $(BUILD)/view/view.h: $(BUILD)/view/stamp ;

# The words, the SQL, the style sheet and the papers' words travel in the program.
$(BUILD)/embed/%.mo: lang/%.po | packages
	@mkdir -p $(@D)
	$(Q)msgfmt -o $@ $<

lang_files   := $(BUILD)/embed/zh.mo $(BUILD)/embed/en.mo
sql_files    := $(sort $(wildcard sql/*.sql))
static_files := $(sort $(wildcard static/*))
paper_files  := $(sort $(wildcard paper/*))

.SECONDEXPANSION:
$(BUILD)/embed/%_embed.c: % $$(%_files) tools/embed.sh
	@mkdir -p $(@D)
	@echo "embed $<"
	$(Q)tools/embed.sh $@ $*_embed $($*_files)

# Every reason that the program can give for a failure, for the description of the interface:
# the keys that the source names. Left alone when they are the same.
$(BUILD)/embed/problems.txt: $(SOURCES) tools/problems.sh
	@mkdir -p $(@D)
	$(Q)tools/problems.sh $@ $(SOURCES)

$(BUILD)/embed/problem_embed.c: $(BUILD)/embed/problems.txt tools/embed.sh
	@echo "embed problems"
	$(Q)tools/embed.sh $@ problem_embed $<

# -- three kinds of build: release, test (sanitizers), fuzz (clang) --------------

# Everything but main.c becomes an archive; programs and tests are linked with it.
define kind
$(1)_objects := $(SOURCES:%.c=$(BUILD)/$(1)/%.o) \
                $(VIEW_C:$(BUILD)/%.c=$(BUILD)/$(1)/%.o) \
                $(EMBEDS:%=$(BUILD)/$(1)/embed/%_embed.o) $(BUILD)/$(1)/embed/problem_embed.o

$(BUILD)/$(1)/%.o: %.c $(BUILD)/compile.flags | $(BUILD)/view/stamp
	@mkdir -p $$(@D)
	@echo "cc    $$@"
	$(Q)$$($(1)_cc) $(BASIC) $($(1)_flags) $(CFLAGS) @$(BUILD)/compile.flags -MMD -MP -c -o $$@ $$<

$(BUILD)/$(1)/%.o: $(BUILD)/%.c $(BUILD)/compile.flags | $(BUILD)/view/stamp
	@mkdir -p $$(@D)
	@echo "cc    $$@"
	$(Q)$$($(1)_cc) $(BASIC) $($(1)_flags) $(CFLAGS) @$(BUILD)/compile.flags -MMD -MP -c -o $$@ $$<

$(BUILD)/$(1)/court.a: $$(filter-out %/src/cmd/main.o,$$($(1)_objects)) $(sort $(dir $(SOURCES))) views
	@echo "ar    $$@"
	@rm -f $$@
	$(Q)ar qcs $$@ $$(filter %.o,$$^)

# tests/unit/test_fee.c becomes BUILD/test/unit/test_fee; the stories have one player.
$(BUILD)/$(1)/microcourt: $(BUILD)/$(1)/src/cmd/main.o
$(BUILD)/$(1)/story_run: $(STORIES:%.c=$(BUILD)/$(1)/%.o)
$(TESTED:tests/%.c=$(BUILD)/$(1)/%): $(BUILD)/$(1)/%: $(BUILD)/$(1)/tests/%.o
$(BUILD)/$(1)/microcourt $(BUILD)/$(1)/story_run $(TESTED:tests/%.c=$(BUILD)/$(1)/%): \
		$(BUILD)/$(1)/court.a | $(BUILD)/link.flags
	@mkdir -p $$(@D)
	@echo "link  $$@"
	$(Q)$$($(1)_cc) -g -pthread $($(1)_link) $(LDFLAGS) -o $$@ $$(filter %.o,$$^) $$(filter %.a,$$^) @$(BUILD)/link.flags

-include $$($(1)_objects:.o=.d) $(patsubst %.c,$(BUILD)/$(1)/%.d,$(TESTED) $(STORIES))
endef
$(eval $(call kind,release))
$(eval $(call kind,test))
$(eval $(call kind,fuzz))

# -- what one can ask for --------------------------------------------------------

.PHONY: all run test lint bench fuzz soak format install deb clean
run: $(BUILD)/release/microcourt
	$< serve --sample --data data --listen $(LISTEN) --log text

# What clang and gcc say of each file, and of all files as one: no name twice, no
# header that leans on another. The logs are empty or tools/lint.sh counts them.
LINTED := $(SOURCES) $(TESTED) $(STORIES)
LOGS   := $(LINTED:%.c=$(BUILD)/lint/%.clang) $(BUILD)/lint/unit.gcc $(BUILD)/lint/unit.clang

$(BUILD)/lint/%.clang: %.c $(BUILD)/compile.flags | $(BUILD)/view/stamp
	@mkdir -p $(@D)
	@echo "clang $<"
	$(Q)$(CLANG) $(BASIC) $(CLANGISH) @$(BUILD)/compile.flags -fsyntax-only -MMD -MP -MF $@.d -MT $@ $< >$@ 2>&1 || test -s $@

$(BUILD)/lint/unit.c: $(SOURCES) $(sort $(dir $(SOURCES)))
	@mkdir -p $(@D)
	$(Q)printf '#include "%s"\n' $(SOURCES:src/%=%) >$@

$(BUILD)/lint/unit.gcc $(BUILD)/lint/unit.clang: $(BUILD)/lint/unit.c $(BUILD)/compile.flags | $(BUILD)/view/stamp
	@echo "unit  $@"
	$(Q)$(if $(filter %.gcc,$@),$(CC),$(CLANG)) $(BASIC) $(if $(filter %.clang,$@),$(CLANGISH)) \
		@$(BUILD)/compile.flags -fsyntax-only -MMD -MP -MF $@.d -MT $@ $< >$@ 2>&1 || test -s $@

-include $(LOGS:=.d)

lint: $(LOGS)
	@tools/lint.sh $(BUILD)

test: $(LOGS) $(BUILD)/viewc $(BUILD)/test/microcourt $(if $(STORIES),$(BUILD)/test/story_run) \
		$(BUILD)/release/story_run $(BUILD)/release/microcourt \
		$(UNITS:tests/%.c=$(BUILD)/test/%) $(FUZZERS:tests/%.c=$(BUILD)/fuzz/%)
	@tests/run.sh $(BUILD)

# Kept in docs/reliability.md: what the two lines at the end say, with the seeds.
soak: $(BUILD)/release/microcourt
	@MICROCOURT=$< node tests/fault/kill.mjs $$(($(KILLS) / 2))
	@MICROCOURT=$< tests/postgres.sh node tests/fault/kill.mjs $$(($(KILLS) / 2))

fuzz: $(FUZZERS:tests/%.c=$(BUILD)/fuzz/%)
	@tests/fuzz/run.sh $(BUILD) $(FUZZ_SECONDS) each

bench: $(BENCHES:tests/%.c=$(BUILD)/release/%) $(BUILD)/release/microcourt
	@for bench in $(BENCHES:tests/%.c=$(BUILD)/release/%); do echo "== $${bench##*/}"; \
		MICROCOURT=$(BUILD)/release/microcourt $$bench || exit 1; done

format: | packages
	clang-format -i $(LINTED) $(wildcard src/*/*.h tests/*/*.h tools/*.[ch])

install: $(BUILD)/release/microcourt
	install -D -m 755 $< $(DESTDIR)$(PREFIX)/bin/microcourt
	install -D -m 644 docs/microcourt.1 $(DESTDIR)$(PREFIX)/share/man/man1/microcourt.1

deb: $(BUILD)/release/microcourt
	packaging/deb.sh $< $(BUILD)/microcourt_$(shell sed -n 's/^.define MC_VERSION "\(.*\)"$$/\1/p' src/base/version.h)_$(shell dpkg --print-architecture).deb

clean:
	rm -rf $(BUILD)
