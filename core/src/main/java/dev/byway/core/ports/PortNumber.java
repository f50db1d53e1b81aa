package dev.byway.core.ports;

/** A port of the end that is connected to. */
public sealed interface PortNumber {
    /** One port. */
    record One(int number) implements PortNumber {
        public One {
            if (number < 1 || number > 65_535) {
                throw new IllegalArgumentException("a port is 1 to 65535, not " + number);
            }
        }
    }

    /** Whichever port the other end announced. */
    record Any() implements PortNumber {}

    /** {@code 7680} or {@code any}. */
    default String label() {
        return switch (this) {
            case One(int number) -> Integer.toString(number);
            case Any() -> "any";
        };
    }
}
