package dev.byway.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.cli.command.CommandException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeerNameTest {
    @ParameterizedTest
    @CsvSource({
        "till-4,till-4,7680",
        "till-4:7690,till-4,7690",
        "192.0.2.7,192.0.2.7,7680",
        "192.0.2.7:1,192.0.2.7,1",
        "2001:db8::7,2001:db8::7,7680",
        "[2001:db8::7],2001:db8::7,7680",
        "[2001:db8::7]:7690,2001:db8::7,7690"
    })
    void aHostMayHaveAPort(String text, String host, int port) {
        assertThat(PeerName.parse(text, 7680)).isEqualTo(new PeerName(host, port));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "h:0", "h:65536", "h:99999", "https://h/", "two words", ":7680"})
    void whatIsNoneIsSaid(String text) {
        assertThatThrownBy(() -> PeerName.parse(text, 7680))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("--peer takes HOST or HOST:PORT");
    }

    @Test
    void aLiteralAddressNeedsNoDns() {
        assertThat(PeerName.parse("[2001:db8::7]:7690", 7680).resolve()).hasToString("[[2001:db8::7]:7690]");
    }
}
