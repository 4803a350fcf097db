/**
 * Where a node of a recipe stands (`recipe_node.state`):
 *
 *   WAITING    for nodes that it depends on; with `blockers` > 0 one of those is stuck, and it is BLOCKED
 *   STARTED    its job, sub-recipe or runs are there and go on
 *   STUCK      its job failed or was canceled, its sub-recipe cannot go on, or too many of its runs failed; a requeue
 *              makes it STARTED (or WAITING) again
 *   COMPLETED  its output is there
 *   SKIPPED    it is not to be run: a condition decided otherwise, or what it needs was skipped
 *
 * COMPLETED and SKIPPED are for ever. A recipe is completed when all of its nodes are one of the two.
 */
export type NodeState = 'WAITING' | 'STARTED' | 'STUCK' | 'COMPLETED' | 'SKIPPED';
