package dev.byway.core.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MetalinkTest {
    private static final String SHA = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private static Metalink read(String xml) {
        return Metalink.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static String file(String inside) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <metalink xmlns="urn:ietf:params:xml:ns:metalink">
                  <published>2009-05-15T12:23:23Z</published>
                  <file name="example.ext">%s</file>
                </metalink>""".formatted(inside);
    }

    /** The example of RFC 5854, section 1.1, with another digest. */
    @Test
    void aFileItsDigestAndItsMirrorsInOrder() {
        Metalink.File file = read(file("""
                <size>14471447</size>
                <identity>Example</identity>
                <hash type="md5">b1946ac92492d2347c6235b4d2611184</hash>
                <hash type="sha-256">%s</hash>
                <pieces length="262144" type="sha-256"><hash>00</hash></pieces>
                <url location="de">ftp://ftp.example.com/example.ext</url>
                <url location="fr" priority="2">http://b.example.com/example.ext</url>
                <url priority="1">https://a.example.com/example.ext</url>
                <metaurl mediatype="torrent">http://example.com/example.ext.torrent</metaurl>
                """.formatted(SHA))).files().getFirst();
        assertThat(file.name()).isEqualTo("example.ext");
        assertThat(file.length()).hasValue(14_471_447);
        assertThat(file.sha256())
                .hasValueSatisfying(digest -> assertThat(digest).hasToString(SHA));
        assertThat(file.urls())
                .containsExactly(
                        URI.create("https://a.example.com/example.ext"),
                        URI.create("http://b.example.com/example.ext"));
    }

    @Test
    void nothingOutsideIsReadAndNothingIsExpanded() {
        String bomb = """
                <!DOCTYPE metalink [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
                <metalink xmlns="urn:ietf:params:xml:ns:metalink"><file name="x"><url>https://e.example/&f;&b;</url></file></metalink>""";
        assertThatThrownBy(() -> read(bomb)).isInstanceOf(UntrustedContentException.class);
    }

    @Test
    void whatIsNoMetalinkIsSaid() {
        assertThatThrownBy(() -> read("<html><body>not found</body></html>"))
                .hasMessageContaining("begins with <html>");
        assertThatThrownBy(() -> read("")).hasMessageContaining("no XML");
        assertThatThrownBy(() -> read(file("<hash type=\"sha-256\">zz</hash>"))).hasMessageContaining("sha-256");
        assertThatThrownBy(() -> read(file("<url>" + "a".repeat(5000) + "</url>")))
                .hasMessageContaining("4096");
        assertThatThrownBy(() -> read(file("<x>".repeat(40) + "</x>".repeat(40))))
                .hasMessageContaining("deep");
    }

    @Property(tries = 500)
    void anyBytesAreReadOrRefused(@ForAll byte[] bytes) {
        try {
            Metalink.read(bytes);
        } catch (UntrustedContentException e) {
            assertThat(e.getMessage()).startsWith("the Metalink document");
        }
    }
}
