package dev.byway.cli.doctor;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Result;
import dev.byway.core.doctor.microsoft.HttpRules;
import dev.byway.core.doctor.microsoft.HttpSeen;
import dev.byway.core.doctor.microsoft.MicrosoftHost;
import dev.byway.origin.OriginSettings;
import dev.byway.origin.OriginTrial;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Microsoft's hosts of metadata and content, the way downloads go. */
record MicrosoftHttpLook(OriginSettings settings) implements Look {
    @Override
    public Set<Check> checks() {
        return EnumSet.of(Check.MICROSOFT_NAMES, Check.MICROSOFT_HTTP, Check.MICROSOFT_RANGES);
    }

    @Override
    public List<Result> look() throws InterruptedException {
        return HttpRules.judge(Together.tried(
                MicrosoftHost.overHttp(),
                host -> new HttpSeen(
                        host, OriginTrial.of(URI.create("http://" + host.host() + host.file()), settings))));
    }
}
