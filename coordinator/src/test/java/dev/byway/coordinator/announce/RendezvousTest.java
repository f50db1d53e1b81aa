package dev.byway.coordinator.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.coordinator.content.Standing;
import dev.byway.coordinator.failure.RefusedException;
import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.Visibility;
import dev.byway.core.fleet.AccessGroup;
import dev.byway.core.fleet.Addresses;
import dev.byway.core.fleet.Announced;
import dev.byway.core.fleet.Announcement;
import dev.byway.core.fleet.AnnouncementAnswer;
import dev.byway.core.fleet.ContentPeers;
import dev.byway.core.fleet.DeviceId;
import dev.byway.core.fleet.FleetEvent;
import dev.byway.core.fleet.FleetLimits;
import dev.byway.core.fleet.Nearby;
import dev.byway.core.fleet.NearbyRequest;
import dev.byway.core.fleet.PeerOffer;
import dev.byway.core.fleet.PeerScope;
import dev.byway.core.fleet.Refusal;
import dev.byway.core.fleet.Relation;
import dev.byway.core.fleet.Shortage;
import dev.byway.core.fleet.SiteRule;
import dev.byway.core.fleet.TeredoEndpoint;
import dev.byway.core.nat.NatKind;
import dev.byway.core.unit.Moment;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The rules of meeting, in virtual time and with addresses of any site. */
class RendezvousTest {
    private static final ContentId CONTENT = content(1);
    private static final int LIMIT = 2000;

    private final Map<ContentId, Standing> standings = new HashMap<>();
    private final Events events = new Events(LIMIT);
    private final Rendezvous rendezvous = new Rendezvous(
            SiteRule.standard(),
            content -> standings.getOrDefault(content, new Standing.Unknown()),
            events,
            this::now,
            new SplittableRandom(7),
            LIMIT);
    private Moment time = new Moment(1);

    private Moment now() {
        return time;
    }

    @Test
    void devicesBehindOneAddressAreOneSiteAndOthersAreCounted() {
        announce(1, "198.51.100.1", holds(1, PeerScope.SITE));
        announce(2, "203.0.113.5", holds(1, PeerScope.SITE));
        announce(3, "203.0.113.6", holds(1, PeerScope.FLEET));

        ContentPeers found = only(announce(4, "198.51.100.1", wants(1, PeerScope.SITE)));

        assertThat(found.peers()).extracting(PeerOffer::device).containsExactly(device(1));
        assertThat(found.complete()).isEqualTo(3);
        assertThat(found.shortages()).containsExactly(new Shortage(Shortage.Reason.OTHER_SITE, 2));
    }

    @Test
    void aFleetWideDeviceIsNamedThoseOfOtherSitesThatAreFleetWideToo() {
        announce(1, "198.51.100.1", holds(1, PeerScope.FLEET));
        announce(2, "203.0.113.5", holds(1, PeerScope.SITE));

        ContentPeers found = only(announce(3, "192.0.2.77", wants(1, PeerScope.FLEET)));

        assertThat(found.peers()).extracting(PeerOffer::relation).containsExactly(Relation.SAME_FLEET);
        assertThat(found.shortages()).containsExactly(new Shortage(Shortage.Reason.OTHER_SITE, 1));
    }

    @Test
    void noMoreThanThirtyTwoAreNamedAndTheRestCounted() {
        IntStream.range(1, 101).forEach(i -> announce(i, "198.51.100.1", holds(1, PeerScope.SITE)));
        ContentPeers found = only(announce(200, "198.51.100.1", wants(1, PeerScope.SITE)));
        assertThat(found.peers()).hasSize(FleetLimits.PEERS);
        assertThat(found.shortages()).containsExactly(new Shortage(Shortage.Reason.ENOUGH, 100 - FleetLimits.PEERS));
    }

    @Test
    void aCrowdThatComesAtOnceIsOneGraphWithoutAnotherAnnouncement() {
        int crowd = 1000;
        Map<DeviceId, EventStream> streams = new LinkedHashMap<>();
        Map<DeviceId, Set<DeviceId>> known = new HashMap<>();
        for (int i = 0; i < crowd; i++) {
            streams.put(device(i), events.open(device(i)));
            ContentPeers found = only(announce(i, "198.51.100.1", wants(1, PeerScope.SITE)));
            for (PeerOffer peer : found.peers()) {
                meet(known, device(i), peer.device());
            }
        }
        streams.forEach((device, stream) -> drain(stream).forEach(event -> {
            if (event instanceof FleetEvent.Peers peers) {
                peers.peers().forEach(peer -> meet(known, device, peer.device()));
            }
        }));

        assertThat(reached(known, device(0))).hasSize(crowd);
        assertThat(known.values()).allSatisfy(peers -> assertThat(peers).hasSizeGreaterThanOrEqualTo(8));
    }

    private static void meet(Map<DeviceId, Set<DeviceId>> known, DeviceId one, DeviceId other) {
        known.computeIfAbsent(one, device -> new HashSet<>()).add(other);
        known.computeIfAbsent(other, device -> new HashSet<>()).add(one);
    }

    private static Set<DeviceId> reached(Map<DeviceId, Set<DeviceId>> known, DeviceId start) {
        Set<DeviceId> reached = new HashSet<>(Set.of(start));
        Deque<DeviceId> next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            for (DeviceId device : known.getOrDefault(next.pop(), Set.of())) {
                if (reached.add(device)) {
                    next.push(device);
                }
            }
        }
        return reached;
    }

    private static List<FleetEvent> drain(EventStream stream) {
        List<FleetEvent> all = new ArrayList<>();
        try {
            for (FleetEvent event = stream.next(Duration.ZERO).orElseThrow();
                    !(event instanceof FleetEvent.Heartbeat);
                    event = stream.next(Duration.ZERO).orElseThrow()) {
                all.add(event);
            }
            return all;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoStopsAnnouncingIsForgottenAfterThreeIntervals() {
        AnnouncementAnswer answer = announce(1, "198.51.100.1", holds(1, PeerScope.SITE));
        time = time.plus(answer.interval().multipliedBy(3));
        assertThat(rendezvous.expire()).isZero();
        time = time.plus(Duration.ofSeconds(11));
        assertThat(rendezvous.expire()).isEqualTo(1);
        assertThat(only(announce(2, "198.51.100.1", wants(1, PeerScope.SITE))).peers())
                .isEmpty();
    }

    @Test
    void aDeviceThatMovedIsNamedAtItsNewSiteOnly() {
        announce(1, "198.51.100.1", holds(1, PeerScope.SITE));
        announce(1, "203.0.113.5", holds(2, PeerScope.SITE));
        assertThat(only(announce(2, "198.51.100.1", wants(1, PeerScope.SITE))).peers())
                .isEmpty();
        assertThat(only(announce(3, "203.0.113.5", wants(1, PeerScope.SITE))).peers())
                .hasSize(1);
        assertThat(only(announce(3, "203.0.113.5", wants(2, PeerScope.SITE))).complete())
                .isEqualTo(1);
    }

    @Test
    void groupVisibleContentBringsTogetherOnlyThoseWhoWereGrantedIt() {
        standings.put(CONTENT, new Standing.Known(List.of(new Visibility.Groups(List.of("artists")))));
        List<AccessGroup> artists = List.of(new AccessGroup("artists"));
        rendezvous.announce(device(1), artists, address("198.51.100.1"), holds(1, PeerScope.SITE));
        rendezvous.announce(device(2), List.of(), address("198.51.100.1"), holds(1, PeerScope.SITE));

        assertThat(only(announce(3, "198.51.100.1", wants(1, PeerScope.SITE))))
                .isEqualTo(new ContentPeers(
                        CONTENT, 0, 0, List.of(), List.of(new Shortage(Shortage.Reason.NOT_GRANTED, 0))));
        ContentPeers granted =
                only(rendezvous.announce(device(4), artists, address("198.51.100.1"), wants(1, PeerScope.SITE)));
        assertThat(granted.peers()).extracting(PeerOffer::device).containsExactly(device(1));
        assertThat(granted.shortages()).contains(new Shortage(Shortage.Reason.NOT_GRANTED, 2));
    }

    @Test
    void aNewcomerWithoutTheGroupIsNotPushedToThoseWhoWait() {
        standings.put(CONTENT, new Standing.Known(List.of(new Visibility.Groups(List.of("artists")))));
        EventStream stream = events.open(device(1));
        rendezvous.announce(
                device(1), List.of(new AccessGroup("artists")), address("198.51.100.1"), wants(1, PeerScope.SITE));
        announce(2, "198.51.100.1", holds(1, PeerScope.SITE));
        assertThat(drain(stream)).isEmpty();
    }

    @Test
    void whoIsNearIsNamedWhateverItHasAndOthersAreCountedOrToldToBeElsewhere() {
        announce(1, "198.51.100.1", holds(1, PeerScope.SITE));
        announce(2, "198.51.100.1", full(1, PeerScope.FLEET, List.of()));
        announce(3, "203.0.113.6", holds(1, PeerScope.FLEET));
        announce(4, "198.51.100.1", full(1, PeerScope.SITE, List.of()));

        Nearby near = near(4, Optional.empty(), device(1), device(3), device(99));

        assertThat(near.peers()).extracting(PeerOffer::device).containsExactlyInAnyOrder(device(1), device(2));
        assertThat(near.elsewhere()).containsExactly(device(3));
        assertThat(near.observed()).isEqualTo(address("198.51.100.1"));
        rendezvous.forget(device(1));
        assertThat(near(4, Optional.empty()).peers())
                .extracting(PeerOffer::device)
                .containsExactly(device(2));
        assertThatThrownBy(() -> near(99, Optional.empty())).isInstanceOf(RefusedException.class);
    }

    private Nearby near(int device, Optional<ContentId> content, DeviceId... seen) {
        return rendezvous.nearby(device(device), address("198.51.100.1"), new NearbyRequest(List.of(seen), content));
    }

    @Test
    void holdersOfAContentAreCountedWithoutTheAskerThoseWhoOnlyWantItAndThoseElsewhere() {
        announce(1, "198.51.100.1", holds(1, PeerScope.SITE));
        announce(2, "198.51.100.1", wants(1, PeerScope.SITE));
        announce(3, "203.0.113.6", holds(1, PeerScope.FLEET));
        announce(4, "198.51.100.1", holds(1, PeerScope.SITE));

        assertThat(near(4, Optional.empty()).holders()).isEmpty();
        assertThat(near(4, Optional.of(CONTENT)).holders()).hasValue(1);
        rendezvous.forget(device(1));
        assertThat(near(4, Optional.of(CONTENT)).holders()).hasValue(0);
        assertThat(near(4, Optional.of(content(2))).holders()).hasValue(0);
    }

    @Test
    void whoMayNotSeeAContentIsNotToldWhetherAnybodyHoldsIt() {
        standings.put(CONTENT, new Standing.Known(List.of(new Visibility.Groups(List.of("artists")))));
        List<AccessGroup> artists = List.of(new AccessGroup("artists"));
        rendezvous.announce(device(1), artists, address("198.51.100.1"), holds(1, PeerScope.SITE));
        rendezvous.announce(device(2), artists, address("198.51.100.1"), full(1, PeerScope.SITE, List.of()));
        announce(3, "198.51.100.1", holds(1, PeerScope.SITE));

        assertThat(near(2, Optional.of(CONTENT)).holders()).hasValue(1);
        assertThat(near(3, Optional.of(CONTENT)).holders()).isEmpty();
    }

    @Test
    void connectIsNoWayIntoAnotherSite() {
        events.open(device(1));
        announce(1, "198.51.100.1", holds(1, PeerScope.SITE));
        announce(2, "203.0.113.5", wants(1, PeerScope.FLEET));
        assertThatThrownBy(() -> rendezvous.connect(device(2), device(1)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().reason()).isEqualTo(Refusal.Reason.NOT_FOUND));
    }

    @Test
    void whoTakesNoLinksIsDialledThroughTheTunnel() {
        EventStream stream = events.open(device(1));
        announce(1, "198.51.100.1", outbound(new Announced(CONTENT, 5, true, false), Optional.of(tunnel(1))));

        ContentPeers found = only(
                announce(2, "203.0.113.5", outbound(new Announced(CONTENT, 0, false, true), Optional.of(tunnel(2)))));
        assertThat(found.peers())
                .containsExactly(new PeerOffer(device(1), List.of(), Optional.of(tunnel(1)), Relation.SAME_FLEET));

        rendezvous.connect(device(2), device(1));
        assertThat(drain(stream))
                .containsExactly(new FleetEvent.Connect(
                        new PeerOffer(device(2), List.of(), Optional.of(tunnel(2)), Relation.SAME_FLEET)));

        announce(2, "203.0.113.5", outbound(new Announced(CONTENT, 0, false, true), Optional.empty()));
        assertThatThrownBy(() -> rendezvous.connect(device(2), device(1))).isInstanceOf(RefusedException.class);
    }

    private static Announcement outbound(Announced announced, Optional<TeredoEndpoint> teredo) {
        return new Announcement(1, true, 0, List.of(), teredo, PeerScope.FLEET, "", List.of(announced), List.of());
    }

    private static TeredoEndpoint tunnel(int number) {
        return new TeredoEndpoint(address("2001:0:bc8:202:400:3815:f4ff:fe0" + number), NatKind.UNKNOWN);
    }

    @Test
    void aDeviceCannotAnnounceMoreThanItsShareNorTheFleetMoreThanTheRoom() {
        List<Announced> all = IntStream.range(0, FleetLimits.CONTENTS)
                .mapToObj(i -> new Announced(content(i), 1, true, false))
                .toList();
        announce(1, "198.51.100.1", full(1, PeerScope.SITE, all));
        Announcement oneMore = new Announcement(
                2,
                false,
                7680,
                List.of(),
                Optional.empty(),
                PeerScope.SITE,
                "",
                List.of(new Announced(content(FleetLimits.CONTENTS), 1, true, false)),
                List.of());
        assertThatThrownBy(() -> announce(1, "198.51.100.1", oneMore)).isInstanceOf(RefusedException.class);

        IntStream.range(2, LIMIT + 1).forEach(i -> announce(i, "198.51.100.1", holds(1, PeerScope.SITE)));
        assertThatThrownBy(() -> announce(LIMIT + 1, "198.51.100.1", holds(1, PeerScope.SITE)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().reason()).isEqualTo(Refusal.Reason.UNAVAILABLE));
    }

    @Test
    void anySequenceNumberIsTaken() {
        for (long sequence : new long[] {0, Long.MAX_VALUE - 1, Long.MAX_VALUE}) {
            List<Announced> three = List.of(
                    new Announced(content(1), 0, false, true),
                    new Announced(content(2), 0, false, true),
                    new Announced(content(3), 0, false, true));
            assertThat(announce(1, "198.51.100.1", full(sequence, PeerScope.SITE, three))
                            .wanted())
                    .hasSize(3);
        }
    }

    @Test
    void moreWantedContentsThanFitOneAnswerTakeTurns() {
        List<Announced> many = IntStream.range(0, 600)
                .mapToObj(i -> new Announced(content(i), 0, false, true))
                .toList();
        Set<ContentId> answered = new HashSet<>();
        for (int sequence = 1; sequence <= 3; sequence++) {
            AnnouncementAnswer answer = announce(1, "198.51.100.1", full(sequence, PeerScope.SITE, many));
            assertThat(answer.wanted()).hasSizeLessThanOrEqualTo(FleetLimits.WANTED);
            answer.wanted().forEach(peers -> answered.add(peers.content()));
        }
        assertThat(answered).hasSize(600);
    }

    @Test
    void aDeviceThatDoesNotReadLosesItsStreamAndNobodyWaits() {
        EventStream stream = events.open(device(1));
        for (int i = 0; i <= EventStream.CAPACITY; i++) {
            events.tell(device(1), new FleetEvent.Probe());
        }
        assertThat(events.tell(device(1), new FleetEvent.Probe())).isFalse();
        assertThat(next(stream)).isEmpty();
    }

    @Test
    void aSecondStreamOfADeviceEndsTheFirst() {
        EventStream first = events.open(device(1));
        EventStream second = events.open(device(1));
        events.ended(device(1), first);
        assertThat(next(first)).isEmpty();
        assertThat(events.tell(device(1), new FleetEvent.Probe())).isTrue();
        assertThat(next(second)).contains(new FleetEvent.Probe());
    }

    private static Optional<FleetEvent> next(EventStream stream) {
        try {
            return stream.next(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private AnnouncementAnswer announce(int number, String address, Announcement announcement) {
        return rendezvous.announce(device(number), List.of(), address(address), announcement);
    }

    private static ContentPeers only(AnnouncementAnswer answer) {
        assertThat(answer.wanted()).hasSize(1);
        return answer.wanted().getFirst();
    }

    private static Announcement holds(long sequence, PeerScope scope) {
        return full(sequence, scope, List.of(new Announced(CONTENT, 5, true, false)));
    }

    private static Announcement wants(long sequence, PeerScope scope) {
        return full(sequence, scope, List.of(new Announced(CONTENT, 0, false, true)));
    }

    private static Announcement full(long sequence, PeerScope scope, List<Announced> contents) {
        return new Announcement(sequence, true, 7680, List.of(), Optional.empty(), scope, "", contents, List.of());
    }

    private static DeviceId device(int number) {
        return DeviceId.ofPublicKey(new byte[] {(byte) number, (byte) (number >> 8)});
    }

    private static ContentId content(int number) {
        return new ContentId(Digest.sha256(new byte[] {(byte) number, (byte) (number >> 8)}), 5_000_000);
    }

    private static InetAddress address(String text) {
        return Addresses.parse(text);
    }
}
