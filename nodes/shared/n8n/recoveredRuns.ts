import type { IExecuteFunctions, IRunExecutionData, ITaskData } from 'n8n-workflow';

type WithRunData = IExecuteFunctions & { readonly runExecutionData?: IRunExecutionData };

const isMadeUp = ({ executionStatus, data }: ITaskData): boolean =>
	executionStatus === 'crashed' ||
	data?.main?.[0]?.[0]?.json.isArtificialRecoveredEventItem === true;

/**
 * How many runs of the node n8n has made up. When it starts again after a crash, it gives each node
 * that the log knows one run, however many there were, and a retry counts on from there.
 */
export function countRecoveredRuns(context: IExecuteFunctions): number {
	const { runData = {} } = (context as WithRunData).runExecutionData?.resultData ?? {};
	return (runData[context.getNode().name] ?? []).filter(isMadeUp).length;
}
