package dev.byway.cli.doctor;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Result;
import dev.byway.core.doctor.microsoft.MicrosoftHost;
import dev.byway.core.doctor.microsoft.ServiceRules;
import dev.byway.core.doctor.microsoft.ServiceSeen;
import dev.byway.core.ports.MicrosoftNeed;
import dev.byway.origin.OriginSettings;
import dev.byway.origin.ServiceTrial;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Microsoft's cloud services, without a proxy. */
record MicrosoftServiceLook(OriginSettings settings) implements Look {
    @Override
    public Set<Check> checks() {
        return EnumSet.of(Check.MICROSOFT_NAMES, Check.MICROSOFT_TCP, Check.MICROSOFT_TLS);
    }

    @Override
    public List<Result> look() throws InterruptedException {
        return ServiceRules.judge(Together.tried(
                MicrosoftHost.of(MicrosoftNeed.SERVICES),
                host -> new ServiceSeen(host, ServiceTrial.of(host.host(), host.port(), settings))));
    }
}
