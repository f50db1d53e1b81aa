package dev.byway.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.byway.core.content.ContentId;
import dev.byway.core.content.Digest;
import dev.byway.core.unit.ByteString;
import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What can be said between peers at all. */
class FrameContentTest {
    private static final Set<Class<?>> HARMLESS = Set.of(
            int.class,
            long.class,
            boolean.class,
            ByteString.class,
            ByteBuffer.class,
            ContentId.class,
            Digest.class,
            List.class,
            RejectReason.class,
            ProbeOutcome.class,
            Hearing.class);

    @Test
    void noFrameCarriesAPathAUrlOrAnAddress() {
        List<RecordComponent> fields = Arrays.stream(Frame.class.getPermittedSubclasses())
                .flatMap(frame -> Arrays.stream(frame.getRecordComponents()))
                .toList();
        assertThat(fields.stream().filter(field -> !HARMLESS.contains(field.getType())))
                .as("texts, and what is not known to be harmless")
                .extracting(field -> field.getDeclaringRecord().getSimpleName() + "." + field.getName())
                .containsExactlyInAnyOrder("Hello.software", "Hello.group");
        assertThat(fields.stream().filter(field -> field.getType() == List.class))
                .extracting(field -> field.getGenericType().getTypeName())
                .containsExactly("java.util.List<dev.byway.core.content.Digest>");
    }
}
