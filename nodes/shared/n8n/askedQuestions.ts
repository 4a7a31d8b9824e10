import type { IRunExecutionData } from 'n8n-workflow';

import { readAsked, type Asked } from '../contracts/question';

/** The last question of each node of an execution, answered or not. */
export const askedIn = (data: IRunExecutionData | null | undefined): readonly Asked[] =>
	Object.values(data?.executionData?.contextData ?? {}).flatMap(
		(memory) => readAsked(memory) ?? [],
	);
