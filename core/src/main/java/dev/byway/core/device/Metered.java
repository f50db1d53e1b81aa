package dev.byway.core.device;

import dev.byway.core.policy.Answer;
import java.util.Locale;

/** What NetworkManager says about a network's price. */
public final class Metered {
    private Metered() {}

    /**
     * Reads what {@code nmcli -t -g GENERAL.METERED device show NAME} prints: {@code yes}, {@code no}, each also with
     * {@code (guessed)}, or {@code unknown}.
     */
    public static Answer ofNetworkManager(String printed) {
        String first = printed.lines().findFirst().orElse("").strip().toLowerCase(Locale.ROOT);
        return switch (first) {
            case "yes", "yes (guessed)" -> Answer.YES;
            case "no", "no (guessed)" -> Answer.NO;
            default -> Answer.UNKNOWN;
        };
    }
}
