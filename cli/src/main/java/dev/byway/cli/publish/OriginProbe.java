package dev.byway.cli.publish;

import dev.byway.agent.OriginSetup;
import dev.byway.cli.command.Console;
import dev.byway.cli.command.Version;
import dev.byway.cli.setting.Invocation;
import dev.byway.core.content.UrlPrivacy;
import dev.byway.core.content.Validators;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.unit.ByteRange;
import dev.byway.origin.OriginAnswer;
import dev.byway.origin.OriginClient;
import dev.byway.origin.OriginRequest;
import java.net.URI;
import java.util.OptionalLong;

/** Asks the origin what it says about a file: by that, devices notice when the file changes there. */
final class OriginProbe implements AutoCloseable {
    private static final ByteRange FIRST_BYTE = new ByteRange(0, 1);

    private final Console console;
    private final OriginClient client;

    OriginProbe(Invocation invocation, EffectiveSettings settings) {
        this.console = invocation.console();
        this.client = new OriginClient(
                OriginSetup.settings(settings, invocation.surroundings().variables(), Version.text()));
    }

    /** What is stated at {@code url} about a file of {@code length} bytes; nothing, and a warning, when that does not fit. */
    Validators of(URI url, long length) {
        return switch (client.open(OriginRequest.of(url).part(FIRST_BYTE))) {
            case OriginAnswer.Body body -> {
                body.close();
                yield fitting(url, body.about().validators(), length);
            }
            case OriginAnswer.NoBody ignored when length == 0 -> Validators.NONE;
            case OriginAnswer.NoBody none -> {
                console.warn(
                        "the origin does not serve the file yet (" + none.message() + "); published all the same, but"
                                + " without its ETag devices notice a change at the origin by its length alone");
                yield Validators.NONE;
            }
        };
    }

    private Validators fitting(URI url, Validators stated, long length) {
        OptionalLong there = stated.length();
        if (there.isPresent() && there.getAsLong() != length) {
            console.warn(UrlPrivacy.redact(url) + " has " + there.getAsLong() + " bytes and the file here has " + length
                    + ": put this file there, or devices will call it changed at the origin");
            return Validators.NONE;
        }
        return stated;
    }

    @Override
    public void close() {
        client.close();
    }
}
