import type { IExecuteFunctions, IRunData, IRunExecutionData, ITaskData } from 'n8n-workflow';

type WithRunData = IExecuteFunctions & { readonly runExecutionData?: IRunExecutionData };

const isMadeUp = ({ executionStatus, data }: ITaskData): boolean =>
	executionStatus === 'crashed' ||
	data?.main?.[0]?.[0]?.json.isArtificialRecoveredEventItem === true;

const runDataOf = (context: IExecuteFunctions): IRunData =>
	(context as WithRunData).runExecutionData?.resultData.runData ?? {};

/**
 * How many runs of the node n8n has made up. When it starts again after a crash, it gives each node
 * that the log knows one run, however many there were, and a retry counts on from there.
 */
export const countRecoveredRuns = (context: IExecuteFunctions): number =>
	(runDataOf(context)[context.getNode().name] ?? []).filter(isMadeUp).length;

/** The run that the execution began with: node, and milliseconds of its start and of its length. */
export function firstRunOf(
	context: IExecuteFunctions,
): readonly [string, number, number] | undefined {
	const [first] = Object.entries(runDataOf(context))
		.flatMap(([node, runs]) => runs.map((run) => ({ node, ...run })))
		.sort((one, other) => one.startTime - other.startTime);
	return first && [first.node, first.startTime, first.executionTime];
}
