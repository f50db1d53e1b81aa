package dev.byway.agent.download;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.Digest;
import dev.byway.core.content.DigestPlace;
import dev.byway.core.content.Evidence;
import dev.byway.core.content.Validators;
import dev.byway.core.unit.ByteString;
import dev.byway.core.unit.Moment;
import dev.byway.origin.Headers;
import dev.byway.origin.OriginAnswer;
import dev.byway.origin.RangeSupport;
import dev.byway.origin.Representation;
import dev.byway.origin.SmallAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DigestFinderTest {
    private static final Digest A = Digest.sha256(new byte[] {1});
    private static final int PLACES =
            DigestPlace.beside().size() + DigestPlace.inFolder().size();

    private final Map<URI, SmallAnswer> origin = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<URI> asked = new ConcurrentLinkedQueue<>();
    private final List<String> troubles = new ArrayList<>();
    private final AtomicReference<Moment> now = new AtomicReference<>(Moment.ZERO);
    private final DigestFinder finder = new DigestFinder(
            (url, within) -> {
                asked.add(url);
                assertThat(within).isLessThanOrEqualTo(DigestFinder.TIME);
                return origin.getOrDefault(url, refused(404));
            },
            now::get);

    private static SmallAnswer refused(int status) {
        return new SmallAnswer.Missing(new OriginAnswer.Refused(status, Optional.empty(), "no"));
    }

    private static URI url(String name) {
        return URI.create("https://example.org/files/" + name);
    }

    private void put(String name, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        origin.put(
                url(name),
                new SmallAnswer.Complete(
                        new Representation(
                                200,
                                url(name),
                                List.of(),
                                Headers.NONE,
                                Validators.NONE,
                                0,
                                OptionalLong.of(bytes.length),
                                RangeSupport.UNKNOWN),
                        ByteString.of(bytes)));
    }

    private Optional<Digest> find(String name) {
        return finder.beside(url(name), troubles::add).map(Evidence.DigestStatement::sha256);
    }

    private void later(Duration time) {
        now.updateAndGet(moment -> moment.plus(time));
    }

    @Test
    void findsAListOfTheFolder() {
        put("SHA256SUMS", A + "  f.iso\n");

        assertThat(finder.beside(url("f.iso"), troubles::add))
                .contains(new Evidence.DigestStatement(DigestPlace.SHA256SUMS, A, List.of(url("SHA256SUMS"))));
    }

    @Test
    void aListIsAskedForOnceForAllFilesOfItsFolder() {
        put("SHA256SUMS", A + "  f.iso\n" + A + "  g.iso\n");
        find("f.iso");
        asked.clear();

        assertThat(find("g.iso")).contains(A);
        assertThat(asked).isEmpty();

        later(DigestFinder.FRESH);
        assertThat(find("g.iso")).contains(A);
        assertThat(asked).contains(url("SHA256SUMS"));
    }

    @Test
    void aFolderWithoutDigestsIsAskedOnceADay() {
        assertThat(find("f.iso")).isEmpty();
        assertThat(asked).hasSize(PLACES);
        asked.clear();

        assertThat(find("g.iso")).isEmpty();
        assertThat(asked).isEmpty();

        later(DigestFinder.MISSING);
        put("g.iso.sha256", A.toString());
        assertThat(find("g.iso")).contains(A);
    }

    @Test
    void aPageInsteadOfNotFoundCountsAsNotFound() {
        DigestPlace.inFolder().forEach(place -> put(place.place(), "<html>" + A + "  f.iso</html>"));
        DigestPlace.beside().forEach(place -> put("f.iso" + place.place(), "<html>" + A + "</html>"));

        assertThat(find("f.iso")).isEmpty();
        asked.clear();
        assertThat(find("f.iso")).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void anOriginInTroubleIsAskedAgainTheNextTime() {
        origin.put(url("SHA256SUMS"), refused(503));
        assertThat(find("f.iso")).isEmpty();
        put("SHA256SUMS", A + "  f.iso\n");

        assertThat(find("f.iso")).contains(A);
    }

    @Test
    void aListThatContradictsItselfOrLiesElsewhereIsNamed() {
        put("SHA256SUMS", A + "  f.iso\n" + Digest.sha256(new byte[] {2}) + "  f.iso\n");
        origin.put(
                url("f.iso.sha256"),
                new SmallAnswer.Missing(
                        new OriginAnswer.Failed(OriginAnswer.Kind.REDIRECT_REFUSED, "it redirects to another origin")));

        assertThat(find("f.iso")).isEmpty();
        assertThat(troubles)
                .hasSize(2)
                .anySatisfy(one -> assertThat(one).contains("2 different"))
                .contains("it redirects to another origin");
    }

    @Test
    void plainHttpAndQueriesAreNotAsked() {
        assertThat(finder.beside(URI.create("http://example.org/f.iso"), troubles::add))
                .isEmpty();
        assertThat(finder.beside(URI.create("https://example.org/f.iso?token=secret"), troubles::add))
                .isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void theTimeForAllPlacesTogetherIsLimited() {
        DigestFinder slow = new DigestFinder(
                (url, within) -> {
                    asked.add(url);
                    later(DigestFinder.TIME);
                    return refused(404);
                },
                now::get);

        assertThat(slow.beside(url("f.iso"), troubles::add)).isEmpty();
        assertThat(asked).hasSizeLessThanOrEqualTo(2);
    }
}
