/** What the agent tries when the doctor asks it to: neighbours, both ways, and the coordinator. Judges nothing. */
@NullMarked
package dev.byway.agent.examination;

import org.jspecify.annotations.NullMarked;
