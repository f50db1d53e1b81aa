package dev.byway.cli.local;

import dev.byway.core.content.UrlPrivacy;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The downloads that are remembered: the agent knows what runs now, the history what commands brought to an end.
 *
 * @param state the state folder
 */
public record Remembered(Path state, AgentDoor door) {
    /**
     * The last one of a name.
     *
     * @param which a URL, the last part of one, or a content id; empty for any
     */
    public Optional<Report> find(Optional<String> which) {
        List<Report> all = new ArrayList<>();
        door.running().ifPresent(open -> {
            try (open) {
                open.agent().jobs().recent().stream().map(Report::of).forEach(all::add);
            }
        });
        all.addAll(new History(state).newestFirst());
        return all.stream()
                .filter(report -> which.isEmpty() || matches(report, which.get()))
                .findFirst();
    }

    private static boolean matches(Report report, String name) {
        return report.url().equals(redacted(name))
                || report.url().endsWith("/" + name)
                || report.contentId().filter(name::equals).isPresent();
    }

    private static String redacted(String name) {
        try {
            return UrlPrivacy.redact(URI.create(name)).toString();
        } catch (IllegalArgumentException e) {
            return name;
        }
    }
}
