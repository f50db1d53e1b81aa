package dev.byway.core.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.content.PublisherKey;
import dev.byway.core.content.SigningKey;
import dev.byway.core.nat.NatFiltering;
import dev.byway.core.nat.NatKind;
import dev.byway.core.nat.NatMapping;
import dev.byway.core.unit.ByteString;
import dev.byway.core.wire.ProbeOutcome;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Matcher;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Every message reads what it wrote, and reads anything else as itself or as the one typed error. */
class MessageProperties {
    private static final ContentId CONTENT = new ContentId(Digest.sha256(new byte[] {7}), 1_000_000);
    private static final DeviceId DEVICE = DeviceId.ofPublicKey(new byte[] {1});
    private static final PeerOffer OFFER = new PeerOffer(
            DEVICE, List.of(endpoint("192.0.2.7"), endpoint("fd00::7")), Optional.empty(), Relation.SAME_SITE);
    private static final InetAddress TEREDO = Addresses.parse("2001:0:bc8:202:400:3815:f4ff:fefd");
    private static final TeredoEndpoint BEHIND_NAT =
            new TeredoEndpoint(TEREDO, new NatKind(NatMapping.ENDPOINT_INDEPENDENT, NatFiltering.ADDRESS_DEPENDENT));
    private static final PeerOffer FAR = new PeerOffer(DEVICE, List.of(), Optional.of(BEHIND_NAT), Relation.SAME_FLEET);
    private static final PublisherKey KEY = SigningKey.ofSecret(new byte[32]).publicKey("us");
    private static final ByteString BYTES = ByteString.of(new byte[] {1, 2, 3});

    private static final Map<Message, Function<byte[], ? extends Message>> SAMPLES = samples();

    private static Map<Message, Function<byte[], ? extends Message>> samples() {
        Map<Message, Function<byte[], ? extends Message>> all = new LinkedHashMap<>();
        Secret secret = new Secret(ByteString.of(new byte[32]));
        all.put(new EnrolRequest(ByteString.of(new byte[8]), secret, BYTES, "büro-7"), EnrolRequest::read);
        all.put(new RenewRequest(BYTES), RenewRequest::read);
        all.put(new Enrolment(DEVICE, "PEM", "PEM", List.of(new AccessGroup("artists")), BYTES), Enrolment::read);
        all.put(LookupRequest.of("https://a.example/b"), LookupRequest::read);
        all.put(
                new LookupRequest("https://a.example/b", Duration.ofMillis(1500), Optional.of(CONTENT)),
                LookupRequest::read);
        all.put(new Publication(List.of(CONTENT), List.of()), Publication::read);
        all.put(
                new Announcement(
                        4,
                        false,
                        7680,
                        List.of(Addresses.parse("10.0.0.4")),
                        Optional.of(BEHIND_NAT),
                        PeerScope.GROUP,
                        "lab",
                        List.of(new Announced(CONTENT, 3, false, true)),
                        List.of(CONTENT)),
                Announcement::read);
        all.put(
                new AnnouncementAnswer(
                        Duration.ofSeconds(30),
                        true,
                        Addresses.parse("192.0.2.1"),
                        new Site("192.0.2.1/32"),
                        List.of(new ContentPeers(
                                CONTENT, 1, 2, List.of(OFFER), List.of(new Shortage(Shortage.Reason.OTHER_SITE, 2))))),
                AnnouncementAnswer::read);
        all.put(
                new AnnouncementAnswer(Duration.ZERO, false, Addresses.parse("192.0.2.1"), new Site("s"), List.of())
                        .withTeredo(
                                List.of(Addresses.parse("11.200.2.2"), Addresses.parse("11.200.2.3")),
                                Optional.of(TeredoVerdict.NOT_SOLICITED)),
                AnnouncementAnswer::read);
        all.put(new FilteringRequest(TEREDO, 0x8000_0001), FilteringRequest::read);
        all.put(new FilteringAnswer(TeredoVerdict.TAKEN, Optional.of(endpoint("11.200.2.2"))), FilteringAnswer::read);
        all.put(new FilteringAnswer(TeredoVerdict.BUSY, Optional.empty()), FilteringAnswer::read);
        for (FleetEvent event : List.of(
                new FleetEvent.Heartbeat(),
                new FleetEvent.Connect(OFFER),
                new FleetEvent.Connect(FAR),
                new FleetEvent.Peers(CONTENT, List.of(OFFER)),
                new FleetEvent.Withdrawn(CONTENT),
                new FleetEvent.Probe(),
                new FleetEvent.Unknown("later"))) {
            all.put(event, FleetEvent::read);
        }
        all.put(new ConnectRequest(DEVICE), ConnectRequest::read);
        all.put(new NearbyRequest(List.of(DEVICE), Optional.of(CONTENT)), NearbyRequest::read);
        all.put(new NearbyRequest(List.of(), Optional.empty()), NearbyRequest::read);
        all.put(nearby(OptionalInt.of(0)), Nearby::read);
        all.put(nearby(OptionalInt.empty()), Nearby::read);
        all.put(new ProbeRequest(7680), ProbeRequest::read);
        all.put(new ProbeAnswer(endpoint("192.0.2.1"), ProbeOutcome.REFUSED, Duration.ofMillis(3)), ProbeAnswer::read);
        all.put(new Health("0.1.0", Instant.ofEpochMilli(1_800_000_000_000L)), Health::read);
        all.put(new Refusal(Refusal.Reason.TOO_MANY, "later", Optional.of(Duration.ofSeconds(7))), Refusal::read);
        all.put(Refusal.of(Refusal.Reason.NOT_FOUND, "nothing here"), Refusal::read);
        all.put(new TokenOrder(Duration.ofDays(7), 100, List.of(new AccessGroup("artists"))), TokenOrder::read);
        all.put(new TokenGrant("byway-join-x"), TokenGrant::read);
        all.put(
                new EnrolledDevices(List.of(new EnrolledDevice(
                        DEVICE, "pc", List.of(), Instant.ofEpochSecond(1), Instant.ofEpochSecond(2), true))),
                EnrolledDevices::read);
        all.put(new Publishers(3, List.of(KEY)), Publishers::read);
        all.put(new PublisherOrder(KEY), PublisherOrder::read);
        return all;
    }

    private static Nearby nearby(OptionalInt holders) {
        return new Nearby(
                Addresses.parse("192.0.2.1"),
                new Site("192.0.2.1/32"),
                List.of(OFFER),
                List.of(new Shortage(Shortage.Reason.OTHER_GROUP, 2)),
                List.of(DEVICE),
                holders);
    }

    @Example
    void everyMessageReadsWhatItWrote() {
        SAMPLES.forEach((message, reader) ->
                assertThat((Object) reader.apply(message.bytes())).isEqualTo(message));
    }

    @Property(tries = 300)
    void anyBytesAreAMessageOrTheTypedError(@ForAll @Size(max = 64) byte[] bytes) {
        SAMPLES.values().forEach(reader -> readsOrRefuses(reader, bytes));
    }

    @Property(tries = 500)
    void anyDamageIsAMessageOrTheTypedError(
            @ForAll @IntRange(max = 2000) int at, @ForAll byte with, @ForAll @IntRange(max = 3) int cut) {
        SAMPLES.forEach((message, reader) -> {
            byte[] bytes = message.bytes();
            bytes[at % bytes.length] = with;
            readsOrRefuses(reader, Arrays.copyOf(bytes, bytes.length - (cut == 0 ? at % bytes.length : 0)));
        });
    }

    @Property(tries = 500)
    void anyValueInAnyFieldIsAMessageOrTheTypedError(@ForAll("values") String value) {
        SAMPLES.forEach((message, reader) -> {
            String text = new String(message.bytes(), StandardCharsets.UTF_8);
            for (String field : message.json().propertyNames()) {
                String changed = text.replaceFirst(
                        "\"" + field + "\":(\\[.*?]|\\{.*?}|\"[^\"]*\"|[^,}]*)",
                        "\"" + field + "\":" + Matcher.quoteReplacement(value));
                readsOrRefuses(reader, changed.getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                "null",
                "-1",
                "1e400",
                "99999999999999999999",
                "0.5",
                "true",
                "\"\"",
                "\"" + "x".repeat(100) + "\"",
                "\"\\ud800\"",
                "[]",
                "[null]",
                "[[]]",
                "{}",
                "[{}]",
                "[" + "1,".repeat(3000) + "1]",
                "[".repeat(50) + "]".repeat(50));
    }

    @Example
    void tooManyContentsAreRefused() {
        String item = "{\"content\":\"" + CONTENT + "\",\"pieces\":1}";
        String body = "{\"sequence\":1,\"full\":true,\"port\":1,\"scope\":\"site\",\"group\":\"\",\"contents\":["
                + (item + ",").repeat(FleetLimits.CONTENTS) + item + "]}";
        assertThatThrownBy(() -> Announcement.read(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("contents has to be a list of at most 2048");
    }

    @Example
    void theErrorNamesTheField() {
        assertThatThrownBy(() -> ProbeRequest.read("{\"port\":0}".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("port has to be a whole number from 1 to 65535");
    }

    @Example
    void anEndpointIsNeverAName() {
        for (String bad : List.of("localhost", "a.example", "1.2.3", "::1%eth0", "", "127.0.0.1 ")) {
            byte[] body = ("{\"address\":\"" + bad + "\",\"port\":1,\"outcome\":\"refused\",\"millis\":1}")
                    .getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> ProbeAnswer.read(body)).as(bad).isInstanceOf(MalformedMessageException.class);
        }
    }

    @Example
    void messagesOfThoseWhoKnowNoTeredoAreRead() {
        Announcement said = Announcement.read(
                "{\"sequence\":1,\"port\":1,\"scope\":\"fleet\",\"group\":\"\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(said.teredo()).isEmpty();
        AnnouncementAnswer answer =
                AnnouncementAnswer.read("{\"intervalMillis\":1,\"observed\":\"192.0.2.1\",\"site\":\"s\",\"later\":{}}"
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(answer.teredoServers()).isEmpty();
        assertThat(answer.teredoVerdict()).isEmpty();
    }

    @Example
    void anotherAddressIsNoTeredoAddress() {
        for (String bad : List.of("2001:db8::1", "fe80::1", "11.0.1.2", "2001:1::1", "2001::1%0", "", "x")) {
            byte[] body = ("{\"sequence\":1,\"port\":1,\"scope\":\"fleet\",\"group\":\"\",\"teredo\":\"" + bad + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            assertThatThrownBy(() -> Announcement.read(body))
                    .as(bad)
                    .isInstanceOf(MalformedMessageException.class)
                    .hasMessageStartingWith("teredo: ");
        }
    }

    private static Endpoint endpoint(String address) {
        return new Endpoint(Addresses.parse(address), 7680);
    }

    private static void readsOrRefuses(Function<byte[], ? extends Message> reader, byte[] bytes) {
        try {
            assertThat((Object) reader.apply(bytes)).isNotNull();
        } catch (MalformedMessageException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
