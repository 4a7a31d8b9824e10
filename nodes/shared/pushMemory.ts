/** What a push trigger keeps in this process. */
import type { INode, IWorkflowMetadata } from 'n8n-workflow';

import { SeenRecords } from './dropRepeats';
import { PushQueue } from './pushQueue';

interface PushMemory {
	readonly seen: SeenRecords;
	readonly queue: PushQueue;
}

interface NodeOfWorkflow {
	getWorkflow(): IWorkflowMetadata;
	getNode(): INode;
}

const memories = new Map<string, PushMemory>();

const idOf = (context: NodeOfWorkflow): string =>
	`${context.getWorkflow().id ?? ''}/${context.getNode().id}`;

/** The memory of the node of this context. */
export function pushMemoryOf(context: NodeOfWorkflow): PushMemory {
	const id = idOf(context);
	const memory = memories.get(id) ?? { seen: new SeenRecords(), queue: new PushQueue() };
	memories.set(id, memory);
	return memory;
}

/** Frees the memory of a node that listens no more; n8n's database keeps its own. */
export function forgetPushes(context: NodeOfWorkflow): void {
	memories.delete(idOf(context));
}
