package dev.byway.cli.doctor;

import dev.byway.cli.command.Console;
import dev.byway.cli.command.Json;
import dev.byway.core.doctor.Diagnosis;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.Result;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** A diagnosis for people and for scripts. */
final class DiagnosisListing {
    private static final int WIDTH = 80;
    private static final String INDENT = " ".repeat(6);

    private DiagnosisListing() {}

    /** The object that scripts read; its fields are an API. */
    static ObjectNode json(Diagnosis diagnosis) {
        ObjectNode node = Json.object();
        node.put("healthy", diagnosis.isHealthy());
        node.set("checks", Json.array(diagnosis.results(), DiagnosisListing::put));
        return node;
    }

    private static void put(ObjectNode node, Result result) {
        node.put("check", result.check().label())
                .put("result", result.finding().label())
                .put("tried", result.tried())
                .put("seen", result.finding().text())
                .put("mend", result.finding().mend());
    }

    /** What is wrong first; what is well on one line, unless {@code all} is wanted. */
    static void print(Console console, Diagnosis diagnosis, boolean all) {
        List<Result> wrong = diagnosis.results().stream()
                .filter(result -> all || isWrong(result.finding()))
                .toList();
        wrong.forEach(result -> print(console, result));
        if (!wrong.isEmpty()) {
            console.out().println();
        }
        console.out().println(summary(diagnosis));
        String unknown = labels(diagnosis, Finding.NotCollected.class);
        if (!all && !unknown.isEmpty()) {
            wrap(console, "", "Not known: " + unknown + " (--all says why).");
        }
    }

    /** What has changed since another diagnosis; nothing when all is as it was. */
    static void printChanges(Console console, String at, Diagnosis now, Diagnosis before) {
        List<Result> changed = now.changedSince(before);
        if (!changed.isEmpty()) {
            console.out().println();
            console.out().println(at);
            changed.forEach(result -> print(console, result));
            console.out().println(summary(now));
        }
    }

    private static boolean isWrong(Finding finding) {
        return finding instanceof Finding.Fail || finding instanceof Finding.Warn;
    }

    private static void print(Console console, Result result) {
        Finding finding = result.finding();
        String mark = switch (finding) {
            case Finding.Pass _ -> "ok    ";
            case Finding.Warn _ -> "warn  ";
            case Finding.Fail _ -> "FAIL  ";
            case Finding.NotApplicable _ -> "-     ";
            case Finding.NotCollected _ -> "?     ";
        };
        console.out()
                .println(mark + result.check().label() + ": " + result.check().question());
        wrap(console, INDENT, finding.text());
        if (isWrong(finding)) {
            wrap(console, INDENT, "Tried: " + sentence(result.tried()));
            wrap(console, INDENT, "To do: " + sentence(finding.mend()));
        }
    }

    private static String sentence(String words) {
        return words.endsWith(".") ? words : words + ".";
    }

    private static String summary(Diagnosis diagnosis) {
        long failed = count(diagnosis, Finding.Fail.class);
        long warned = count(diagnosis, Finding.Warn.class);
        long passed = count(diagnosis, Finding.Pass.class);
        return failed == 0 && warned == 0
                ? "Nothing wrong was found: " + passed + " checks passed."
                : failed + " failed, " + warned + " to look at, " + passed + " passed.";
    }

    private static long count(Diagnosis diagnosis, Class<? extends Finding> kind) {
        return diagnosis.results().stream()
                .filter(result -> kind.isInstance(result.finding()))
                .count();
    }

    private static String labels(Diagnosis diagnosis, Class<? extends Finding> kind) {
        return diagnosis.results().stream()
                .filter(result -> kind.isInstance(result.finding()))
                .map(result -> result.check().label())
                .collect(Collectors.joining(", "));
    }

    private static void wrap(Console console, String indent, String text) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : text.split(" ", -1)) {
            if (line.length() + word.length() > WIDTH && !line.toString().isBlank()) {
                console.out().println(line.toString().stripTrailing());
                line = new StringBuilder(indent);
            }
            line.append(word).append(' ');
        }
        console.out().println(line.toString().stripTrailing());
    }
}
