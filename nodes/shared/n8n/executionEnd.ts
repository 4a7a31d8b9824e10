import type { ExecutionStatus, IExecuteFunctions, IRun } from 'n8n-workflow';

/** What n8n itself follows an execution with. It calls the handlers in the order in which they came. */
interface LifecycleHooks {
	addHandler(event: 'workflowExecuteAfter', handler: (run: IRun) => Promise<void>): void;
}

type Followed = IExecuteFunctions & { readonly additionalData?: { hooks?: LifecycleHooks } };

/** The ends of an execution that n8n stores with all that its nodes noted. */
const STORED: ReadonlySet<ExecutionStatus> = new Set(['success', 'error', 'waiting']);

/** What is to be done for an execution, by its hooks, under the name of each piece of work. */
const workOf = new WeakMap<LifecycleHooks, Map<string, () => Promise<void>>>();

/**
 * Does work as soon as n8n has stored what nodes noted in the execution: at its end, or when it
 * begins to wait; once for each name. A process that dies before does not do it, and neither is it
 * done for an execution that the user stops: of that, n8n 2 keeps only what it began with.
 *
 * (n8n 2 lends `onExecutionFinish` for it, but leaves out an execution that begins to wait; 1.x has
 * the hooks only.)
 *
 * @returns whether this n8n tells it
 */
export function onceExecutionIsStored(
	context: IExecuteFunctions,
	name: string,
	work: () => Promise<void>,
): boolean {
	const hooks = (context as Followed).additionalData?.hooks;
	if (typeof hooks?.addHandler !== 'function') return false;
	const known = workOf.get(hooks);
	if (known) {
		known.set(name, work);
		return true;
	}
	const toDo = new Map([[name, work]]);
	workOf.set(hooks, toDo);
	hooks.addHandler('workflowExecuteAfter', async ({ status }) => {
		if (!STORED.has(status)) return;
		const due = [...toDo.values()];
		toDo.clear();
		for (const one of due) await one().catch(() => undefined);
	});
	return true;
}
