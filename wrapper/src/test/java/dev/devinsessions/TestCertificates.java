package dev.devinsessions;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** Server certificates of an authority that only these tests trust. */
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

  static final String PASSWORD = "changeit";

  private TestCertificates() {}

  /** Writes a key store with one certificate and its key; the caller deletes the file. */
  static Path keyStoreFile(Kind kind) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      Certificate[] chain = {kind.certificate.certificate(), AUTHORITY.certificate()};
      char[] password = PASSWORD.toCharArray();
      store.setKeyEntry(kind.name(), kind.certificate.keyPair().getPrivate(), password, chain);
      Path file = Files.createTempFile("devin-sessions-test", ".p12");
      try (var out = Files.newOutputStream(file)) {
        store.store(out, password);
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static SSLContext server(Kind kind) {
    return new HandshakeCertificates.Builder()
        .heldCertificate(kind.certificate)
        .build()
        .sslContext();
  }

  /** A client's context that trusts the authority. */
  static SSLContext trusting() {
    return new HandshakeCertificates.Builder()
        .addTrustedCertificate(AUTHORITY.certificate())
        .build()
        .sslContext();
  }
}
