import type { IPollFunctions } from 'n8n-workflow';

type SaysBudget = Pick<IPollFunctions, 'getPollBudgetMs'>;

/** Whether this n8n says how long a poll may take: 2.x does, 1.x has no such method. */
export const saysPollBudget = (context: object): context is SaysBudget =>
	typeof (context as Partial<SaysBudget>).getPollBudgetMs === 'function';

/** @param preset in milliseconds, for an n8n that does not say it */
export const pollBudgetMs = (context: object, preset: number): number =>
	saysPollBudget(context) ? context.getPollBudgetMs() : preset;
