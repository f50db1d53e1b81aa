package dev.byway.cli.doctor;

import dev.byway.agent.OriginSetup;
import dev.byway.cli.command.Version;
import dev.byway.cli.get.UrlText;
import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Finding;
import dev.byway.core.doctor.OriginRules;
import dev.byway.core.doctor.Result;
import dev.byway.core.policy.EffectiveSettings;
import dev.byway.core.policy.Settings;
import dev.byway.origin.OriginSettingException;
import dev.byway.origin.OriginSettings;
import dev.byway.origin.OriginTrial;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The way to an origin, as downloads go it: to that of the address that was given, else of the download in question. */
record OriginLook(Patient patient) implements Look {
    @Override
    public Set<Check> checks() {
        return EnumSet.of(Check.PROXY, Check.ORIGIN, Check.RANGES);
    }

    @Override
    public List<Result> look() {
        Optional<URI> given =
                patient.which().filter(name -> name.contains("://")).map(UrlText::parse);
        if (given.isPresent()) {
            return look(given.get(), OptionalLong.empty());
        }
        return patient.subject()
                .join()
                .filter(report -> report.url().startsWith("http"))
                .map(last -> look(URI.create(last.url()), OptionalLong.of(last.length())))
                .orElseGet(() -> OriginRules.none(
                        new Finding.NotApplicable("no download to try it with: name an address, byway doctor URL")));
    }

    private List<Result> look(URI url, OptionalLong remembered) {
        OriginSettings settings;
        try {
            settings = OriginSetup.settings(
                    settings(), patient.invocation().surroundings().variables(), Version.text());
        } catch (OriginSettingException e) {
            return OriginRules.none(new Finding.NotCollected(String.valueOf(e.getMessage())));
        }
        return OriginRules.judge(OriginTrial.of(url, settings), remembered);
    }

    /** The agent tells no secrets; this command reads that one where the agent read it. */
    private EffectiveSettings settings() {
        EffectiveSettings own = patient.invocation().settings();
        return patient.settings().with(Settings.ORIGIN_PROXY_PASSWORD, own.get(Settings.ORIGIN_PROXY_PASSWORD));
    }
}
