.PHONY: import-spec

# In the environment, so that the shell takes the page as it is, blanks and quotes included.
export PAGE

import-spec: ## Renew a file of specs/ from a page of the documentation: PAGE=<file or URL>, DRY_RUN=1 reports only
	@if [ -z "$$PAGE" ]; then \
	  echo "import-spec: name a page: make import-spec PAGE=<file or URL> [DRY_RUN=1]" >&2; exit 2; fi
	@mkdir -p generated-client/target
	@mvn -B -ntp -q -f generated-client/pom.xml process-test-classes >generated-client/target/import-spec.log 2>&1 \
	  || { cat generated-client/target/import-spec.log >&2; exit 1; }
	@"$${JAVA_HOME:+$$JAVA_HOME/bin/}java" -Xmx512m \
	  -cp "generated-client/target/test-classes:$$(cat generated-client/target/test-classpath.txt)" \
	  dev.devinsessions.specs.SpecImport $(if $(filter-out 0,$(DRY_RUN)),--dry-run) "$$PAGE"
