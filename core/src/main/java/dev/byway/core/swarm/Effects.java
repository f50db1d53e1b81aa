package dev.byway.core.swarm;

import dev.byway.core.account.ReasonCode;
import java.util.ArrayList;
import java.util.List;

/** What is to be done about the event at hand, in order. */
final class Effects {
    private List<DownloadEffect> list = new ArrayList<>();

    void add(DownloadEffect effect) {
        list.add(effect);
    }

    void explain(SourceState source, ReasonCode code, String detail) {
        add(new DownloadEffect.Explain(source.id, source.info.name(), code, detail));
    }

    /** All so far; afterwards there are none. */
    List<DownloadEffect> take() {
        if (list.isEmpty()) {
            return List.of();
        }
        List<DownloadEffect> taken = list;
        list = new ArrayList<>();
        return taken;
    }
}
