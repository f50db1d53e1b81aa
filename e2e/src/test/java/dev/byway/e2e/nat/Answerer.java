package dev.byway.e2e.nat;

import java.io.IOException;
import java.time.Duration;

/** Sends once, to {@link Responders}, and after that only answers; ends when nobody asks any more. */
final class Answerer {
    /** With what the line starts that it prints for each answer, before its number. */
    static final String ANSWERED = "answered ";

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private Answerer() {}

    /**
     * Prints the port that the responders saw, then each answer's number.
     *
     * @param arguments its port
     */
    public static void main(String... arguments) throws IOException {
        try (ProbeSocket socket = new ProbeSocket(Integer.parseInt(arguments[0]))) {
            System.out.println("ready " + socket.ask(0, 0).getPort());
            for (int i = 1; ; i++) {
                socket.answer(PATIENCE);
                System.out.println(ANSWERED + i);
            }
        }
    }
}
