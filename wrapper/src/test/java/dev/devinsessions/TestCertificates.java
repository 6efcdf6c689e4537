package dev.devinsessions;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** Server certificates issued by a CA that only these tests trust. */
final class TestCertificates {
  private static final HeldCertificate AUTHORITY =
      new HeldCertificate.Builder().certificateAuthority(0).build();

  enum Kind {
    GOOD("localhost", 3650),
    EXPIRED("localhost", -20),
    WRONG_HOST("elsewhere.invalid", 3650);

    private final HeldCertificate certificate;

    Kind(String host, int daysLeft) {
      Instant now = Instant.now();
      certificate =
          new HeldCertificate.Builder()
              .addSubjectAlternativeName(host)
              .validityInterval(
                  now.minus(30, ChronoUnit.DAYS).toEpochMilli(),
                  now.plus(daysLeft, ChronoUnit.DAYS).toEpochMilli())
              .signedBy(AUTHORITY)
              .build();
    }
  }

  private TestCertificates() {}

  static SSLContext server(Kind kind) {
    return new HandshakeCertificates.Builder()
        .heldCertificate(kind.certificate)
        .build()
        .sslContext();
  }

  /** A client SSLContext that trusts the CA. */
  static SSLContext trusting() {
    return new HandshakeCertificates.Builder()
        .addTrustedCertificate(AUTHORITY.certificate())
        .build()
        .sslContext();
  }
}
