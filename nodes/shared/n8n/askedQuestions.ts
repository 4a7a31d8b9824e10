import type { IRunExecutionData } from 'n8n-workflow';

import { readAsked, type Question } from '../contracts/question';

/** The last question of each node of an execution, answered or not. */
export const questionsIn = (data: IRunExecutionData | null | undefined): readonly Question[] =>
	Object.values(data?.executionData?.contextData ?? {}).flatMap(
		(memory) => readAsked(memory)?.question ?? [],
	);
