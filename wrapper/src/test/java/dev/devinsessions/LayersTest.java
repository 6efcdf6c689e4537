package dev.devinsessions;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameContaining;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameStartingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.net.http.HttpClient;
import org.junit.jupiter.api.Test;

/** The dependencies allowed between packages. See also {@link PublicApiTest}. */
class LayersTest {
  private static final String ROOT = "dev.devinsessions";
  private static final DescribedPredicate<JavaClass> PUBLIC = resideInAPackage(ROOT);
  private static final DescribedPredicate<JavaClass> BUILDER =
      equivalentTo(SessionLookupBuilder.class);
  private static final DescribedPredicate<JavaClass> WRAPPER =
      resideInAnyPackage(ROOT, ROOT + ".internal");
  private static final DescribedPredicate<JavaClass> GENERATED =
      resideInAPackage(ROOT + ".generated.*");

  /** Modules that are not needed at run time. */
  private static final DescribedPredicate<JavaClass> ANNOTATIONS =
      resideInAnyPackage("com.google.auto.value..", "org.jspecify.annotations", "org.mapstruct..");

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static void assertDependOnlyOn(
      DescribedPredicate<JavaClass> from, DescribedPredicate<JavaClass> to) {
    classes().that(from).should().onlyDependOnClassesThat(to).check(CODE);
  }

  @Test
  void generatedClientsDoNotDependOnEachOther() {
    slices().matching(ROOT + ".generated.(*)").should().notDependOnEachOther().check(CODE);
  }

  @Test
  void publicPackageDependsOnTheJdkAndJacksonAnnotations() {
    DescribedPredicate<JavaClass> allowed =
        resideInAnyPackage("java..", "com.fasterxml.jackson.annotation")
            .and(not(resideInAPackage("java.net.http")))
            .or(WRAPPER)
            .or(ANNOTATIONS);
    assertDependOnlyOn(PUBLIC.and(not(BUILDER)), allowed);
    assertDependOnlyOn(
        BUILDER,
        allowed.or(equivalentTo(HttpClient.class)).or(equivalentTo(HttpClient.Redirect.class)));
  }

  @Test
  void wrapperNeedsOnlyTheJdkAndJackson() {
    assertDependOnlyOn(
        WRAPPER,
        resideInAnyPackage(
                ROOT + ".generated", "java..", "javax.net.ssl..", "com.fasterxml.jackson..")
            .or(WRAPPER)
            .or(GENERATED)
            .or(ANNOTATIONS));
  }

  @Test
  void onlyMappingsAndSourcesDependOnGeneratedCode() {
    assertDependOnlyOn(
        WRAPPER.and(not(simpleNameContaining("Mapping"))).and(not(simpleName("SessionSource"))),
        not(GENERATED));
    assertDependOnlyOn(
        simpleNameStartingWith("V1Mapping"),
        not(GENERATED).or(resideInAPackage(ROOT + ".generated.v1")));
    assertDependOnlyOn(
        simpleNameStartingWith("V2EnterpriseMapping"),
        not(GENERATED).or(resideInAPackage(ROOT + ".generated.v2")));
  }

  @Test
  void internalClassesHaveNoCycles() {
    slices().assignedFrom(new InternalClass()).should().beFreeOfCycles().check(CODE);
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
