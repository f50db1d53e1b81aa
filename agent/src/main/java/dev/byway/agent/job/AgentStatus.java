package dev.byway.agent.job;

import dev.byway.core.account.SourceBytes;
import dev.byway.core.content.ContentId;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What {@code byway status} and {@code byway peers} show of an agent.
 *
 * @param version of the program
 * @param device this device's id
 * @param settings the values that it was given, by name; no secrets
 * @param startedAt wall clock
 * @param peerPort TCP port on which peers may dial, or why there is none
 * @param contents what is in the cache
 * @param sources verified bytes received since start
 * @param uploaded bytes given to peers since start
 * @param monthly what went to Internet peers this month
 * @param wasted bytes received in vain since start
 * @param links to other devices
 * @param residentBytes memory of the process, 0 where the system does not tell
 * @param coordinator its state, if one is configured
 * @param discovery state of DNS-SD, in words
 * @param tunnel how devices behind other NATs meet this one, in words
 */
public record AgentStatus(
        String version,
        String device,
        Map<String, String> settings,
        Instant startedAt,
        PeerPort peerPort,
        List<Content> contents,
        SourceBytes sources,
        long uploaded,
        MonthlyUpload monthly,
        long wasted,
        List<LinkStatus> links,
        long residentBytes,
        Optional<String> coordinator,
        String discovery,
        String tunnel) {
    public AgentStatus {
        settings = Map.copyOf(settings);
    }

    /**
     * Whether peers can dial this device.
     *
     * @param port 0 when nobody can dial us
     * @param note why not, or empty text
     */
    public record PeerPort(int port, String note) {}

    /**
     * What went to Internet peers this month.
     *
     * @param month in the device's time zone
     * @param bytes of content
     * @param cap the most that may, empty for no limit (DOMonthlyUploadDataCap)
     * @param assumed whether the bytes are assumed rather than counted, because the record was lost
     */
    public record MonthlyUpload(YearMonth month, long bytes, OptionalLong cap, boolean assumed) {}

    /**
     * One content of the cache.
     *
     * @param name the file's name where known, else empty text
     * @param pieces pieces held
     * @param of pieces of the whole
     */
    public record Content(ContentId id, String name, int pieces, int of, boolean pinned, Instant lastUsed) {}

    /**
     * One link.
     *
     * @param address of the peer
     * @param dialledHere who dialled
     * @param relation {@code lan}, {@code group} or {@code internet}
     * @param software what the peer says it is
     */
    public record LinkStatus(
            String device,
            String address,
            boolean dialledHere,
            String relation,
            String software,
            long bytesIn,
            long bytesOut) {}
}
