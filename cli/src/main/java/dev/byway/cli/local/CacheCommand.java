package dev.byway.cli.local;

import dev.byway.agent.job.AgentStatus.Content;
import dev.byway.agent.job.CacheControl;
import dev.byway.cli.command.CommandException;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.ExitCode;
import dev.byway.cli.command.Json;
import dev.byway.cli.command.Table;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.terminal.Words;
import dev.byway.core.content.ContentId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code byway cache}: what this device keeps, and what to do with it. */
@Command(
        name = "cache",
        description = "Show and change what this device keeps to share.",
        footer = {
            "",
            "Examples:",
            "  byway cache list",
            "  byway cache pin big.iso         keeps it whatever its age, and however full the cache",
            "  byway cache verify              reads all back, gives up what is not true any more"
        })
public final class CacheCommand implements Runnable {
    private static final int SHOWN_ID = 16;

    @Spec
    @SuppressWarnings("NullAway.Init") // the parser sets it before anything runs
    private CommandSpec spec;

    private CacheCommand() {}

    /** The command with its subcommands. */
    public static CommandLine line(Invocation invocation, AgentDoor door) {
        return new CommandLine(new CacheCommand())
                .addSubcommand(new ListContents(invocation, door))
                .addSubcommand(new Pin(invocation, door))
                .addSubcommand(new Unpin(invocation, door))
                .addSubcommand(new Remove(invocation, door))
                .addSubcommand(new Verify(invocation, door));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "give a command: list, pin, unpin, remove or verify");
    }

    /** For people; the start of a content id is enough to name it, and scripts read all of it. */
    static Table table(List<Content> contents, Instant now) {
        Table table = new Table();
        if (!contents.isEmpty()) {
            table.row("NAME", "SIZE", "PIECES", "PINNED", "LAST USED", "CONTENT");
        }
        contents.forEach(content -> table.row(
                content.name().isEmpty() ? "-" : content.name(),
                Words.size(content.id().length()),
                content.pieces() + "/" + content.of(),
                content.pinned() ? "yes" : "no",
                Words.time(Duration.between(content.lastUsed(), now)) + " ago",
                shown(content.id())));
        return table;
    }

    private static String shown(ContentId id) {
        String text = id.toString();
        return text.substring(0, Math.min(text.length(), SHOWN_ID));
    }

    static void put(ObjectNode node, Content content) {
        node.put("contentId", content.id().toString())
                .put("name", content.name())
                .put("length", content.id().length())
                .put("pieces", content.pieces())
                .put("of", content.of())
                .put("pinned", content.pinned())
                .put("lastUsed", content.lastUsed().toString());
    }

    /** One order to the cache. */
    private abstract static class Order implements Callable<Integer> {
        final Invocation invocation;
        private final AgentDoor door;

        Order(Invocation invocation, AgentDoor door) {
            this.invocation = invocation;
            this.door = door;
        }

        @Override
        public Integer call() {
            try (OpenAgent open = door.runningOrOwn()) {
                return run(open).number();
            }
        }

        abstract ExitCode run(OpenAgent open);

        /** The content that {@code which} names: an id, the start of one, or a name. */
        static Content find(OpenAgent open, String which) {
            List<Content> found = open.agent().status().contents().stream()
                    .filter(content -> content.id().toString().startsWith(which)
                            || content.name().equals(which))
                    .toList();
            if (found.size() == 1) {
                return found.getFirst();
            }
            throw CommandException.failed(
                    found.isEmpty() ? "NOT_HELD" : "AMBIGUOUS",
                    found.isEmpty()
                            ? "the cache holds no " + which + ": byway cache list shows what it holds"
                            : which + " names " + found.size()
                                    + " contents: give the content id, see byway cache list");
        }

        ExitCode tell(Content content, CacheControl.Outcome outcome, String done) {
            return switch (outcome) {
                case DONE -> {
                    Console console = invocation.console();
                    if (invocation.json()) {
                        Json.print(
                                console,
                                node -> node.put("contentId", content.id().toString())
                                        .put("done", done));
                    } else {
                        console.out().println(name(content) + ": " + done);
                    }
                    yield ExitCode.DONE;
                }
                case NOT_HELD -> throw CommandException.failed("NOT_HELD", name(content) + " is not held any more");
                case IN_USE ->
                    throw CommandException.failed(
                            "IN_USE", name(content) + " is in use by a download or a neighbour: try again later");
            };
        }

        static String name(Content content) {
            return content.name().isEmpty() ? content.id().toString() : content.name();
        }
    }

    @Command(name = "list", description = "List the contents that are kept.")
    private static final class ListContents extends Order {
        ListContents(Invocation invocation, AgentDoor door) {
            super(invocation, door);
        }

        @Override
        ExitCode run(OpenAgent open) {
            List<Content> contents = open.agent().status().contents();
            if (invocation.json()) {
                Json.print(invocation.console(), node -> node.set("contents", Json.array(contents, CacheCommand::put)));
            } else if (contents.isEmpty()) {
                invocation.console().out().println("The cache is empty.");
            } else {
                table(contents, Instant.now()).print(invocation.console());
            }
            return ExitCode.DONE;
        }
    }

    /** An order about one content. */
    private abstract static class OrderOfOne extends Order {
        @Parameters(paramLabel = "CONTENT", description = "Its name, its content id, or the start of that.")
        private String which = "";

        OrderOfOne(Invocation invocation, AgentDoor door) {
            super(invocation, door);
        }

        @Override
        final ExitCode run(OpenAgent open) {
            return run(open.agent().cache(), find(open, which));
        }

        abstract ExitCode run(CacheControl cache, Content content);
    }

    @Command(name = "pin", description = "Keep a content whatever its age, and however full the cache.")
    private static final class Pin extends OrderOfOne {
        Pin(Invocation invocation, AgentDoor door) {
            super(invocation, door);
        }

        @Override
        ExitCode run(CacheControl cache, Content content) {
            return tell(content, cache.pin(content.id(), true), "pinned");
        }
    }

    @Command(name = "unpin", description = "Let a content go like any other.")
    private static final class Unpin extends OrderOfOne {
        Unpin(Invocation invocation, AgentDoor door) {
            super(invocation, door);
        }

        @Override
        ExitCode run(CacheControl cache, Content content) {
            return tell(content, cache.pin(content.id(), false), "unpinned");
        }
    }

    @Command(name = "remove", description = "Delete a content from the cache.")
    private static final class Remove extends OrderOfOne {
        Remove(Invocation invocation, AgentDoor door) {
            super(invocation, door);
        }

        @Override
        ExitCode run(CacheControl cache, Content content) {
            return tell(content, cache.remove(content.id()), "removed");
        }
    }

    @Command(name = "verify", description = "Read contents back and give up what is not true any more.")
    private static final class Verify extends Order {
        @Parameters(
                paramLabel = "CONTENT",
                arity = "0..1",
                description = "Its name, its content id, or the start of that (default: all).")
        private String which = "";

        Verify(Invocation invocation, AgentDoor door) {
            super(invocation, door);
        }

        /** A content and what became of it. */
        private record Verified(Content content, int givenUp) {}

        @Override
        ExitCode run(OpenAgent open) {
            List<Content> contents = which.isEmpty() ? open.agent().status().contents() : List.of(find(open, which));
            List<Verified> verified = contents.stream()
                    .map(content -> new Verified(content, verify(open, content.id())))
                    .toList();
            if (invocation.json()) {
                Json.print(invocation.console(), node -> node.set("contents", Json.array(verified, Verify::put)));
            } else {
                verified.forEach(one -> invocation.console().out().println(name(one.content()) + ": " + words(one)));
            }
            return verified.stream().allMatch(one -> one.givenUp() <= 0) ? ExitCode.DONE : ExitCode.FAILED;
        }

        private static int verify(OpenAgent open, ContentId id) {
            return open.agent().cache().verify(id);
        }

        private static void put(ObjectNode node, Verified one) {
            node.put("contentId", one.content().id().toString())
                    .put("name", one.content().name())
                    .put("piecesGivenUp", Math.max(0, one.givenUp()));
        }

        private static String words(Verified one) {
            return one.givenUp() <= 0
                    ? "all " + one.content().pieces() + " pieces are true"
                    : one.givenUp() + " of " + one.content().pieces()
                            + " pieces were not true any more and are given up;"
                            + " the next download fetches them again";
        }
    }
}
