import java.io.File;
import java.io.InputStream;
import java.util.logging.LogManager;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;

/**
 * Validates files against flavours: {@code VeraCheck ua1,3a FILE…}.
 *
 * <p>Prints a line "file TAB flavour TAB checks" for each pair, and below it a line "! TAB clause TAB count TAB rule" for
 * each rule that is broken. A file that cannot be read ends the program with its exception.
 */
public final class VeraCheck {
  private static final String PROFILES = "org/verapdf/pdfa/validation/";

  public static void main(String[] arguments) throws Exception {
    LogManager.getLogManager().reset();
    VeraGreenfieldFoundryProvider.initialise();
    String[] flavours = arguments[0].split(",");
    for (int index = 1; index < arguments.length; index++) {
      for (String flavour : flavours) {
        check(new File(arguments[index]), flavour);
      }
    }
  }

  private static void check(File file, String name) throws Exception {
    ValidationProfile profile = profile(name);
    PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
    try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, false)) {
      ValidationResult result = validator.validate(parser);
      System.out.printf("%s\t%s\t%d%n", file.getName(), name, result.getTotalAssertions());
      result.getFailedChecks().forEach((rule, count) -> System.out.println(broken(profile, rule, count)));
    }
  }

  private static ValidationProfile profile(String flavour) throws Exception {
    String file = flavour.startsWith("ua") ? "PDFUA-" + flavour.substring(2) : "PDFA-" + flavour.toUpperCase();
    try (InputStream xml = VeraCheck.class.getClassLoader().getResourceAsStream(PROFILES + file + ".xml")) {
      return Profiles.profileFromXml(xml);
    }
  }

  private static String broken(ValidationProfile profile, RuleId rule, int count) {
    String told = profile.getRuleByRuleId(rule).getDescription().replaceAll("\\s+", " ");
    return String.format("!\t%s-%d\t%d\t%s", rule.getClause(), rule.getTestNumber(), count, told);
  }
}
