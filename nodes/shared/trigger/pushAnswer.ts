/** When a push is acknowledged, and how. */
import * as n8n from 'n8n-workflow';

/**
 * Whether n8n, left to answer by itself, does so when it has stored the execution, as 2.10 and later
 * do. Before, it answered at once; there only the first step of the execution knows that it is
 * stored. No n8n tells its version to a node: this is exported by versions that are new enough.
 */
export const ANSWERS_WHEN_STORED = 'generateSecureToken' in n8n;
