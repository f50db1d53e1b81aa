package dev.byway.core.swarm;

import dev.byway.core.account.Accounts;
import dev.byway.core.account.Contributor;
import dev.byway.core.account.Ledger;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.unit.Moment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one source gave to one download.
 *
 * @param source its handle
 * @param info what it is
 * @param verified bytes of pieces that were proved
 * @param wasted bytes of pieces that failed their proof
 * @param bytesPerSecond its rate at present
 * @param first when its first bytes came
 */
public record SourceReport(
        SourceId source, SourceInfo info, long verified, long wasted, long bytesPerSecond, Optional<Moment> first) {
    /**
     * The accounts of a download with these sources. A device that was met over several links, one after the other, counts
     * once, under the name of its first.
     */
    public static Accounts accounts(List<SourceReport> reports) {
        Ledger ledger = new Ledger();
        Map<DeviceId, Contributor> devices = new HashMap<>();
        for (SourceReport report : reports) {
            SourceInfo info = report.info();
            Contributor own = new Contributor(info.kind(), info.name());
            Contributor from = info.device()
                    .map(device -> devices.computeIfAbsent(device, _ -> own))
                    .orElse(own);
            ledger.verified(from, report.verified());
            ledger.wasted(from, report.wasted());
        }
        return ledger.accounts();
    }
}
