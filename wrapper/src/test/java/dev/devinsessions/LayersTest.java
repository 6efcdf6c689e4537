package dev.devinsessions;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameContaining;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.net.http.HttpClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The dependencies allowed between packages. See also {@link PublicApiTest}. */
class LayersTest {
  private static final String ROOT = "dev.devinsessions";
  private static final DescribedPredicate<JavaClass> PUBLIC = resideInAPackage(ROOT);
  private static final DescribedPredicate<JavaClass> WRAPPER =
      resideInAnyPackage(ROOT, ROOT + ".internal");
  private static final DescribedPredicate<JavaClass> GENERATED_V1 =
      resideInAPackage(ROOT + ".generated.v1");
  private static final DescribedPredicate<JavaClass> GENERATED_V2 =
      resideInAPackage(ROOT + ".generated.v2");
  private static final DescribedPredicate<JavaClass> GENERATED =
      resideInAPackage(ROOT + ".generated.*");
  private static final String MODEL_READER = ROOT + ".generated";

  private static JavaClasses code;

  @BeforeAll
  static void readClasses() {
    code =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);
    for (String layer : new String[] {"", ".internal", ".generated.v1", ".generated.v2"}) {
      assertTrue(code.containPackage(ROOT + layer), layer);
    }
  }

  private static void assertNoDependency(
      DescribedPredicate<JavaClass> from, DescribedPredicate<JavaClass> to) {
    noClasses().that(from).should().dependOnClassesThat(to).check(code);
  }

  @Test
  void generatedCodeDependsNeitherOnTheWrapperNorOnTheOtherApi() {
    assertNoDependency(GENERATED, WRAPPER);
    assertNoDependency(GENERATED_V1, GENERATED_V2);
    assertNoDependency(GENERATED_V2, GENERATED_V1);
  }

  @Test
  void publicPackageDependsOnNothingGenerated() {
    assertNoDependency(PUBLIC, GENERATED);
  }

  @Test
  void publicPackageUsesNoHttpExceptTheClientGivenToTheBuilder() {
    DescribedPredicate<JavaClass> http = resideInAPackage("java.net.http..");
    DescribedPredicate<JavaClass> builder = equivalentTo(SessionLookupBuilder.class);
    assertNoDependency(PUBLIC.and(not(builder)), http);
    assertNoDependency(
        builder,
        http.and(not(equivalentTo(HttpClient.class)))
            .and(not(equivalentTo(HttpClient.Redirect.class))));
  }

  @Test
  void publicPackageUsesNoJacksonExceptItsAnnotations() {
    assertNoDependency(
        PUBLIC,
        resideInAPackage("com.fasterxml.jackson..")
            .and(not(resideInAPackage("com.fasterxml.jackson.annotation"))));
  }

  @Test
  void eachMappingDependsOnOneApi() {
    assertNoDependency(simpleNameStartingWith("V1Mapping"), GENERATED_V2);
    assertNoDependency(simpleNameStartingWith("V2EnterpriseMapping"), GENERATED_V1);
  }

  @Test
  void onlyMappingsAndSourcesDependOnGeneratedCode() {
    assertNoDependency(
        WRAPPER.and(not(simpleNameContaining("Mapping"))).and(not(simpleName("SessionSource"))),
        GENERATED);
  }

  /** The annotation libraries are not needed at run time. */
  @Test
  void wrapperNeedsOnlyTheJdkAndJackson() {
    assertNoDependency(
        WRAPPER,
        not(
            WRAPPER
                .or(GENERATED)
                .or(
                    resideInAnyPackage(
                        MODEL_READER, "java..", "javax.net.ssl..", "com.fasterxml.jackson.."))
                .or(
                    resideInAnyPackage(
                        "com.google.auto.value..",
                        "org.jspecify.annotations",
                        "org.mapstruct.."))));
  }

  @Test
  void internalClassesHaveNoCycles() {
    slices().assignedFrom(new InternalClass()).should().beFreeOfCycles().check(code);
  }

  /** An internal class with its nested and generated classes. */
  private static final class InternalClass implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String outermost = type.getName().replaceAll("\\$.*", "");
      return type.getPackageName().equals(ROOT + ".internal")
          ? SliceIdentifier.of(outermost.replaceAll("AutoValue_|Impl$", ""))
          : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "internal classes";
    }
  }
}
