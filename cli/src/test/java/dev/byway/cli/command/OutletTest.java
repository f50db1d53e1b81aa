package dev.byway.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutletTest {
    private static Outlet failing(String words) {
        return new Outlet(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(words);
            }
        });
    }

    private static void print(Outlet outlet) {
        new PrintStream(outlet, true, StandardCharsets.UTF_8).println("answer");
    }

    @Test
    void whatArrivedIsNoLoss() {
        Outlet outlet = new Outlet(OutputStream.nullOutputStream());
        print(outlet);
        assertThat(outlet.loss()).isEmpty();
    }

    @Test
    void aFullDiskIsALossThatIsRemembered() {
        Outlet outlet = failing("No space left on device");
        print(outlet);
        assertThat(outlet.loss()).contains("No space left on device");
    }

    @Test
    void aReaderThatWantsNoMoreIsNone() {
        Outlet outlet = failing("Broken pipe");
        print(outlet);
        assertThat(outlet.loss()).isEmpty();
    }
}
