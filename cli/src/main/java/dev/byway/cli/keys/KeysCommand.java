package dev.byway.cli.keys;

import dev.byway.cli.command.Json;
import dev.byway.cli.setting.Invocation;
import dev.byway.cli.setting.StateFolder;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ObjectNode;

/** {@code byway keys}: makes and shows the keys that sign what is published. */
@Command(
        name = "keys",
        description = {
            "Make and show the keys that sign what you publish.",
            "A device believes a publisher when the public key is in its trust.publishers, or in its fleet's list."
        },
        footer = {
            "",
            "Examples:",
            "  byway keys create release          makes a key; the private half never leaves this machine",
            "  byway keys show release            prints the public half, to hand out",
            "  byway agent --set trust.publishers=\"$(byway keys show release)\""
        })
public final class KeysCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // the parser sets it before anything runs
    private CommandSpec spec;

    private KeysCommand() {}

    /** The command with its subcommands. */
    public static CommandLine line(Invocation invocation) {
        return new CommandLine(new KeysCommand())
                .addSubcommand(new Create(invocation))
                .addSubcommand(new Show(invocation))
                .addSubcommand(new ListKeys(invocation));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "give a command: create, show or list");
    }

    private static void describe(ObjectNode node, KeyRing.Entry entry) {
        node.put("name", entry.name())
                .put("id", entry.publicKey().id())
                .put("publicKey", entry.publicKey().toString())
                .put("file", entry.file().toString());
    }

    @Command(name = "create", description = "Make a key and print its public half.")
    private static final class Create implements Runnable {
        private final Invocation invocation;

        @Parameters(paramLabel = "NAME", arity = "0..1", description = "What to call it (default: ${DEFAULT-VALUE}).")
        private String name = KeyRing.DEFAULT_NAME;

        Create(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public void run() {
            KeyRing.Entry made = new KeyRing(StateFolder.make(invocation.state())).create(name);
            if (invocation.json()) {
                Json.print(invocation.console(), node -> describe(node, made));
            } else {
                invocation
                        .console()
                        .err()
                        .println("The private key is in " + made.file() + ". Keep a copy in a safe place.");
                invocation.console().out().println(made.publicKey());
            }
        }
    }

    @Command(name = "show", description = "Print the public half of a key: one line to hand out.")
    private static final class Show implements Runnable {
        private final Invocation invocation;

        @Parameters(
                paramLabel = "NAME",
                arity = "0..1",
                description = "Its name, or the path of a PEM file (default: ${DEFAULT-VALUE}).")
        private String name = KeyRing.DEFAULT_NAME;

        Show(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public void run() {
            KeyRing.Entry entry = new KeyRing(invocation.state()).open(name);
            if (invocation.json()) {
                Json.print(invocation.console(), node -> describe(node, entry));
            } else {
                invocation.console().out().println(entry.publicKey());
            }
        }
    }

    @Command(name = "list", description = "List the keys of this user.")
    private static final class ListKeys implements Runnable {
        private final Invocation invocation;

        ListKeys(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public void run() {
            var keys = new KeyRing(invocation.state()).list();
            if (invocation.json()) {
                Json.print(invocation.console(), node -> node.set("keys", Json.array(keys, KeysCommand::describe)));
            } else if (keys.isEmpty()) {
                invocation
                        .console()
                        .err()
                        .println("No keys yet; byway keys create makes one, and so does the first byway publish.");
            } else {
                keys.forEach(key -> invocation.console().out().println(key.name() + "  " + key.publicKey()));
            }
        }
    }
}
