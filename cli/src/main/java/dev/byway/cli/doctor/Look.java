package dev.byway.cli.doctor;

import dev.byway.core.doctor.Check;
import dev.byway.core.doctor.Result;
import java.util.List;
import java.util.Set;

/** One way of finding out. Tries; what that means is judged by the rules in {@code core.doctor}. */
interface Look {
    /** The checks that it has something to say about. */
    Set<Check> checks();

    /** Looks, on a thread of its own; blocks, and is interrupted when its time is over. */
    List<Result> look() throws InterruptedException;
}
