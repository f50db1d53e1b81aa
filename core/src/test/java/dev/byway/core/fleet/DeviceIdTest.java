package dev.byway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DeviceIdTest {
    private static final String ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void isTheSha256OfThePublicKey() {
        assertThat(DeviceId.ofPublicKey(new byte[] {'a', 'b', 'c'})).hasToString(ABC);
    }

    @Test
    void readsWhatItWrites() {
        assertThat(DeviceId.parse(ABC)).hasToString(ABC);
        assertThat(DeviceId.parse(ABC).shortForm()).isEqualTo("ba78-16bf");
    }

    @Test
    void refusesOtherText() {
        assertThatThrownBy(() -> DeviceId.parse(ABC.substring(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> DeviceId.parse("x".repeat(64))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ordersAsUnsignedBytes() {
        DeviceId small = DeviceId.parse("7f" + ABC.substring(2));
        DeviceId large = DeviceId.parse("80" + ABC.substring(2));
        assertThat(small).isLessThan(large);
    }
}
