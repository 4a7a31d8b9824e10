import type { IExecuteFunctions } from 'n8n-workflow';

/** What n8n itself follows an execution with. It calls the handlers in the order in which they came. */
interface LifecycleHooks {
	addHandler(event: 'workflowExecuteAfter', handler: () => Promise<void>): void;
}

type Followed = IExecuteFunctions & { readonly additionalData?: { hooks?: LifecycleHooks } };

/** What is to be done for an execution, by its hooks, under the name of each piece of work. */
const workOf = new WeakMap<LifecycleHooks, Map<string, () => Promise<void>>>();

/**
 * Does work as soon as n8n has stored how the execution ended, or that it waits; once for each name.
 * A process that dies before does not do it, which tells what had not been stored.
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
	hooks.addHandler('workflowExecuteAfter', async () => {
		const due = [...toDo.values()];
		toDo.clear();
		for (const one of due) await one().catch(() => undefined);
	});
	return true;
}
