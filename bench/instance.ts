import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { N8N_2, type N8nInstance, startN8n } from '../test/harness';
import type { Script } from '../scripts/support/script';
import type { Pipeline } from './workflows';

/** Starts a real n8n with the package, the probe, and what users need to sign by hand. */
export async function startInstance(
	script: Script,
	packageTarball: string,
	env: Record<string, string> = {},
): Promise<N8nInstance> {
	const n8n = await startN8n({
		version: N8N_2,
		packageTarball,
		log: console.log,
		env: {
			NODE_FUNCTION_ALLOW_BUILTIN: 'crypto',
			N8N_CUSTOM_EXTENSIONS: join(__dirname, 'probe'),
			...env,
		},
	});
	script.onEnd(() => n8n.stop());
	return n8n;
}

/** How long a run took, in milliseconds as n8n keeps them. */
export interface Timing {
	/** The nodes behind those that feed the items in, together. */
	nodesMs: number;
	/** The whole execution, the feeding included. */
	executionMs: number;
	/** What came out at the end. */
	items: INodeExecutionData[];
}

/** A workflow in production on an instance. */
export interface Deployed {
	/** Runs items through it. */
	run(items: readonly IDataObject[]): Promise<Timing>;
	/** Runs items through it without reading the execution back, which takes memory in n8n. */
	pass(items: readonly IDataObject[]): Promise<void>;
}

export async function deploy(n8n: N8nInstance, pipeline: Pipeline): Promise<Deployed> {
	const { path, stages, ...workflow } = pipeline;
	const id = await n8n.createWorkflow(workflow);
	await n8n.activate(id);

	const pass = async (items: readonly IDataObject[]) => {
		const { status, text } = await n8n.webhook(path, { body: { items } });
		if (status !== 200) throw new Error(`"${workflow.name}" answered ${status}: ${text}`);
	};
	const run = async (items: readonly IDataObject[]): Promise<Timing> => {
		await pass(items);
		const { startedAt, stoppedAt, status, data } = await n8n.executionOf(id);
		if (status !== 'success') throw new Error(`"${workflow.name}" ended with ${status}`);
		const tasks = stages.map((stage) => data.resultData.runData[stage]?.[0]);
		return {
			nodesMs: tasks.reduce((sum, task) => sum + (task?.executionTime ?? NaN), 0),
			executionMs: Date.parse(stoppedAt ?? '') - Date.parse(startedAt ?? ''),
			items: tasks.at(-1)?.data?.main?.[0] ?? [],
		};
	};
	return { run, pass };
}

/** Resident memory of a process in MB: the most there was, and what there is. Linux only. */
export async function memoryOf(pid: number): Promise<{ peakMb: number; nowMb: number }> {
	const status = await readFile(`/proc/${pid}/status`, 'utf8');
	const megabytes = (name: string): number =>
		Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? NaN) / 1024;
	return { peakMb: megabytes('VmHWM'), nowMb: megabytes('VmRSS') };
}
