package dev.byway.origin;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InwardRedirectTest {
    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, 10.0.0.1",
        "8.8.8.8, 127.0.0.1",
        "8.8.8.8, 169.254.169.254",
        "8.8.8.8, 0.0.0.0",
        "8.8.8.8, 64:ff9b::7f00:1",
        "2001:4860:4860::8888, fd00::1",
        "10.0.0.1, 127.0.0.1",
        "10.0.0.1, 169.254.169.254",
        "192.168.1.1, ::1"
    })
    void noServerSendsARequestFurtherInThanItIs(String from, String to) {
        assertThat(refusal(from, to)).hasValueSatisfying(why -> assertThat(why).contains("leads inward"));
    }

    @ParameterizedTest
    @CsvSource({
        "8.8.8.8, 9.9.9.9",
        "10.0.0.1, 8.8.8.8",
        "10.0.0.1, 192.168.1.1",
        "127.0.0.1, 127.0.0.2",
        "127.0.0.1, 10.0.0.1"
    })
    void outwardAndSidewaysIsFollowed(String from, String to) {
        assertThat(refusal(from, to)).isEmpty();
    }

    @Test
    void oneAddressInwardIsEnoughToRefuse() {
        assertThat(InwardRedirect.refusal(
                        Optional.of(InetAddress.ofLiteral("8.8.8.8")),
                        List.of(InetAddress.ofLiteral("9.9.9.9"), InetAddress.ofLiteral("127.0.0.1"))))
                .isPresent();
    }

    @Test
    void whatTheUserAskedForIsNoRedirect() {
        assertThat(InwardRedirect.refusal(Optional.empty(), List.of(InetAddress.ofLiteral("127.0.0.1"))))
                .isEmpty();
    }

    private static Optional<String> refusal(String from, String to) {
        return InwardRedirect.refusal(Optional.of(InetAddress.ofLiteral(from)), List.of(InetAddress.ofLiteral(to)));
    }
}
