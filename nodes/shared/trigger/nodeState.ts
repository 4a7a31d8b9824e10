/** What a push trigger keeps in this process. */
import type { INode, IWorkflowMetadata } from 'n8n-workflow';

import { RecordDeduplicator } from './deduplicator';
import { PushQueue } from './pushQueue';

interface NodeState {
	readonly deduplicator: RecordDeduplicator;
	readonly queue: PushQueue;
}

interface NodeOfWorkflow {
	getWorkflow(): IWorkflowMetadata;
	getNode(): INode;
}

const statesByNode = new Map<string, NodeState>();

const stateKey = (context: NodeOfWorkflow): string =>
	`${context.getWorkflow().id ?? ''}/${context.getNode().id}`;

/** The state of the node of this context. */
export function nodeStateOf(context: NodeOfWorkflow): NodeState {
	const id = stateKey(context);
	const state = statesByNode.get(id) ?? {
		deduplicator: new RecordDeduplicator(),
		queue: new PushQueue(),
	};
	statesByNode.set(id, state);
	return state;
}

/** Frees the state of a node that listens no more; n8n's database keeps its own. */
export function clearNodeState(context: NodeOfWorkflow): void {
	statesByNode.delete(stateKey(context));
}
