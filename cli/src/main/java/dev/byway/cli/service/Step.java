package dev.byway.cli.service;

import dev.byway.core.ports.Command;

/** One thing to do when a service comes or goes. */
sealed interface Step {
    /** As it is told to people. */
    String told();

    /** Writes a file, in place of what was there. */
    record Write(String file, String text) implements Step {
        @Override
        public String told() {
            return "write " + file + ":\n\n" + text.indent(4);
        }
    }

    /** Writes a file unless it is there: from then on it is the administrator's. */
    record WriteOnce(String file, String text) implements Step {
        @Override
        public String told() {
            return "write " + file + ", unless it is there:\n\n" + text.indent(4);
        }
    }

    /** Deletes a file. */
    record Delete(String file) implements Step {
        @Override
        public String told() {
            return "delete " + file;
        }
    }

    /** Runs a program of the system. */
    record Run(Command command) implements Step {
        /** Words that hold no spaces, split at spaces. */
        static Run of(String words, String... more) {
            return new Run(Command.of(words, more));
        }

        @Override
        public String told() {
            return "run " + command;
        }
    }
}
