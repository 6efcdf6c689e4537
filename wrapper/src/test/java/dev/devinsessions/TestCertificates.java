package dev.devinsessions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Certificates of an authority that only these tests trust, made by the JDK's keytool once a run.
 */
final class TestCertificates {
  /** A certificate that a server shows. */
  enum Kind {
    GOOD("san=dns:localhost,ip:127.0.0.1", "-validity", "3650"),
    EXPIRED("san=dns:localhost,ip:127.0.0.1", "-startdate", "-30d", "-validity", "10"),
    WRONG_HOST("san=dns:elsewhere.invalid", "-validity", "3650");

    private final String[] options;

    Kind(String san, String... validity) {
      options = new String[validity.length + 2];
      options[0] = "-ext";
      options[1] = san;
      System.arraycopy(validity, 0, options, 2, validity.length);
    }
  }

  static final String PASSWORD = "changeit";

  private static final String AUTHORITY = "authority";
  private static final KeyStore ALL = make();

  private TestCertificates() {}

  /**
   * A key store file with one certificate and its key, for servers that take a file. The caller
   * deletes it.
   */
  static Path keyStoreFile(Kind kind) {
    try {
      Path file = Files.createTempFile("devin-sessions-test", ".p12");
      try (var out = Files.newOutputStream(file)) {
        keyStore(kind).store(out, PASSWORD.toCharArray());
      }
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a server with this certificate needs. */
  static SSLContext server(Kind kind) {
    try {
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(keyStore(kind), PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What a client needs that trusts the authority. */
  static SSLContext trusting() {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(AUTHORITY, ALL.getCertificate(AUTHORITY));
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore keyStore(Kind kind) throws GeneralSecurityException {
    try {
      KeyStore one = KeyStore.getInstance("PKCS12");
      one.load(null, null);
      char[] password = PASSWORD.toCharArray();
      Certificate[] chain = {ALL.getCertificate(kind.name()), ALL.getCertificate(AUTHORITY)};
      one.setKeyEntry(kind.name(), ALL.getKey(kind.name(), password), password, chain);
      return one;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KeyStore make() {
    try {
      Path folder = Files.createTempDirectory("devin-sessions-test");
      Path file = folder.resolve("all.p12");
      try {
        keytool(
            file,
            AUTHORITY,
            "-dname",
            "CN=Authority of the tests",
            "-ext",
            "bc:c=ca:true",
            "-validity",
            "3650");
        for (Kind kind : Kind.values()) {
          List<String> options =
              new ArrayList<>(List.of("-dname", "CN=localhost", "-signer", AUTHORITY));
          options.addAll(List.of(kind.options));
          keytool(file, kind.name(), options.toArray(new String[0]));
        }
        try (InputStream in = Files.newInputStream(file)) {
          KeyStore all = KeyStore.getInstance("PKCS12");
          all.load(in, PASSWORD.toCharArray());
          return all;
        }
      } finally {
        Files.deleteIfExists(file);
        Files.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void keytool(Path file, String alias, String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-alias",
                alias));
    command.addAll(List.of(options));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes());
    try {
      if (keytool.waitFor() != 0) {
        throw new IOException("keytool failed: " + said);
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted while keytool ran", e);
    }
  }
}
