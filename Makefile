# The tasks of this project; `make` lists them.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help demo lookup import-spec accept-api format test soak endurance consumers mutation release-check verify verify-all bench clean

# Options for every Maven run, for example MAVEN_ARGS=-o.
MAVEN_ARGS ?=
# Maven 3.9 would apply the variable a second time.
unexport MAVEN_ARGS

MAVEN := mvn -B -ntp
JAVA := $(if $(JAVA_HOME),$(JAVA_HOME)/bin/java,java)

# java, not Maven, runs the demo, so that standard output and the exit status are the demo's own. The output is UTF-8 in
# any locale: JDK 17 reads the first property, newer JDKs the second.
DEMO_BUILT := wrapper/target/demo-built
DEMO_SOURCES := $(shell find pom.xml specs generated-client/pom.xml generated-client/src wrapper/pom.xml wrapper/src -type f)
RUN_EXAMPLE = @exec "$(JAVA)" -Dfile.encoding=UTF-8 -Dstdout.encoding=UTF-8 \
	-cp "wrapper/target/test-classes:wrapper/target/classes:$$(cat wrapper/target/test-classpath.txt)" dev.devinsessions.examples.

IMPORT := generated-client/target/import-spec

BENCH := wrapper/target/benchmarks
BENCH_JDKS ?= $(or $(JAVA_HOME),$(shell dirname "$$(dirname "$$(readlink -f "$$(command -v java)")")")) $(wildcard /usr/lib/jvm/*25*)

RUNS ?= 10
# The target appends `concurrent` (three test classes at once) or `same_thread` (one) to the last option.
PARALLEL_CLASSES := -Djunit.jupiter.execution.parallel.enabled=true \
	-Djunit.jupiter.execution.parallel.config.strategy=fixed \
	-Djunit.jupiter.execution.parallel.config.fixed.parallelism=3 \
	-Djunit.jupiter.execution.parallel.mode.classes.default

help: ## List the targets
	@sed -n 's/^\([a-z][a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile | while IFS='|' read -r target what; do \
	printf '%-18s %s\n' "$$target" "$$what"; done

demo: $(DEMO_BUILT) ## Demonstrate the library against an embedded API
	$(RUN_EXAMPLE)Demo

export SESSION FORMAT STRATEGY
lookup: $(DEMO_BUILT) ## Look up a real session with DEVIN_API_KEY: SESSION=<id or URL> [FORMAT=json] [STRATEGY=V1]
	$(RUN_EXAMPLE)Lookup

# Exported, so that the shell does not interpret spaces and quotes in them.
export PAGE NEW
import-spec: ## Update a file in specs/ from a documentation page: PAGE=<file or URL> [NEW=<API>] [DRY_RUN=1]
	@if [ -z "$$PAGE" ]; then \
	echo "PAGE is missing: make import-spec PAGE=<file or URL> [NEW=<API>] [DRY_RUN=1]" >&2; exit 2; fi
	@mkdir -p $(IMPORT)
	@case "$$PAGE" in \
	http://*|https://*) curl -fsSL --compressed --proto =http,https --max-time 30 --max-filesize 5000000 \
	-o $(IMPORT)/page.md -- "$$PAGE" ;; \
	*) cp -- "$$PAGE" $(IMPORT)/page.md ;; \
	esac
	@# The import does not need the generated clients, and must work even if they do not compile.
	@$(MAVEN) -q $(MAVEN_ARGS) -f generated-client/pom.xml -Dcodegen.skip -Dmaven.main.skip process-test-classes \
	>$(IMPORT)/build.log 2>&1 || { cat $(IMPORT)/build.log >&2; exit 1; }
	@"$(JAVA)" -Xmx512m -cp "generated-client/target/test-classes:$$(cat generated-client/target/test-classpath.txt)" \
	dev.devinsessions.specs.SpecImport $(IMPORT)/page.md "$$NEW" $(if $(filter-out 0,$(DRY_RUN)),--dry-run)

accept-api: ## Accept a change to the public API: updates wrapper/src/test/resources/public-api.txt
	$(MAVEN) -q $(MAVEN_ARGS) -pl wrapper -am test -Dtest=PublicApiTest -Dsurefire.failIfNoSpecifiedTests=false -Dapi.accept=true

format: ## Format the Java sources; `make test` fails if one is not formatted
	$(MAVEN) -q $(MAVEN_ARGS) spotless:apply

test: ## Build both modules and run all tests
	$(MAVEN) $(MAVEN_ARGS) verify

soak: ## Run all tests in random class order, sequentially and in parallel: [RUNS=10]
	@for run in $$(seq $(RUNS)); do for classes in same_thread concurrent; do \
	echo "Run $$run of $(RUNS), classes: $$classes"; \
	$(MAVEN) -q $(MAVEN_ARGS) test-compile surefire:test \
	-Dsurefire.runOrder=random $(PARALLEL_CLASSES)=$$classes || exit 1; done; done

LOOKUPS ?= 1000000
endurance: ## Check that no lookup hangs or is lost and memory use stays flat under faults: [LOOKUPS=1000000]
	$(MAVEN) -q $(MAVEN_ARGS) -pl wrapper -am test -Dtest='StressTest#endures' -Dsurefire.failIfNoSpecifiedTests=false \
	-Dlookups=$(LOOKUPS)

consumers: ## Build and test the programs in wrapper/src/it against the library's jars
	$(MAVEN) $(MAVEN_ARGS) -f wrapper/src/it/pom.xml -DskipTests package

mutation: ## Run mutation tests: change the code in small ways; tests must detect 97% of the changes
	$(MAVEN) $(MAVEN_ARGS) -DskipPitest=false -pl wrapper -am process-test-classes

release-check: ## Build twice, compare the jars, and deploy them to wrapper/target/release/repository
	@MAVEN_ARGS="$(MAVEN_ARGS)" .ci/release-check

verify: ## Run all checks that must pass before a merge
	@MAVEN_ARGS="$(MAVEN_ARGS)" .ci/run

verify-all: ## Run the slow checks too: mutation tests and the programs in wrapper/src/it
	@MAVEN_ARGS="$(MAVEN_ARGS)" .ci/run all

# JMH runs each case with the floor (minimal code without the library) and then with the library, in each round on each JDK, so that other load on the machine
# affects both alike.
bench: ## Measure the library's overhead (takes about 20 minutes): [QUICK=1] [ONLY=<case pattern>]
	@$(MAVEN) -q $(MAVEN_ARGS) -f wrapper/src/it/pom.xml -pl :benchmarks -am -DskipTests package
	@rm -rf $(BENCH)/results && mkdir -p $(BENCH)/results
	@for round in $(if $(QUICK),1,1 2 3); do for jdk in $(BENCH_JDKS); do \
	echo "Round $$round, $$jdk"; \
	"$$jdk/bin/java" -cp "$(BENCH)/classes:$(BENCH)/lib/*" org.openjdk.jmh.Main $(if $(QUICK),-wi 2 -w 1 -i 3 -r 1) \
	-foe true -prof gc -rf json -rff "$(BENCH)/results/$$(basename "$$jdk")-$$round.json" -o "$(BENCH)/jmh.log" $(ONLY) || exit 1; \
	done; done
	@"$(JAVA)" -cp "$(BENCH)/classes:$(BENCH)/lib/*" dev.devinsessions.bench.Report $(BENCH)/results \
	$(if $(QUICK)$(ONLY),$(BENCH),wrapper/benchmarks)

clean: ## Delete all build output
	rm -rf target generated-client/target wrapper/target

$(DEMO_BUILT): $(DEMO_SOURCES)
	@mkdir -p $(@D)
	@echo "Building; the first build takes a few minutes." >&2
	@$(MAVEN) -q $(MAVEN_ARGS) -pl wrapper -am process-test-classes >$@.log 2>&1 || { cat $@.log >&2; exit 1; }
	@touch $@
