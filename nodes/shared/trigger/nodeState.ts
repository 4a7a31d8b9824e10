/**
 * What a push trigger keeps in this process. It stays when the node stops to listen: n8n says so of a
 * workflow in production, too, when a test of it ends.
 */
import { sleep, type INode, type IWorkflowMetadata } from 'n8n-workflow';

import { RecordDeduplicator } from './deduplicator';
import { PushQueue } from './pushQueue';
import { SealMemory } from './sealMemory';

interface NodeState {
	readonly deduplicator: RecordDeduplicator;
	readonly queue: PushQueue;
	readonly seals: SealMemory;
}

interface NodeOfWorkflow {
	getWorkflow(): IWorkflowMetadata;
	getNode(): INode;
}

const statesByNode = new Map<string, NodeState>();

/** Tells a node from all others of this n8n. */
export const stateKey = (context: NodeOfWorkflow): string =>
	`${context.getWorkflow().id ?? ''}/${context.getNode().id}`;

/** The state of the node of this context. */
export function nodeStateOf(context: NodeOfWorkflow): NodeState {
	const id = stateKey(context);
	const state = statesByNode.get(id) ?? {
		deduplicator: new RecordDeduplicator(),
		queue: new PushQueue(sleep),
		seals: new SealMemory(),
	};
	statesByNode.set(id, state);
	return state;
}
