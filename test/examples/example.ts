import type { IDataObject, INodeParameters } from 'n8n-workflow';

/** How an operation is tried: parameters that work against the simulator, as a user enters them. */
export interface Example {
	readonly parameters: INodeParameters;
	/** The items that come in; one empty item when left out. */
	readonly items?: readonly IDataObject[];
}

/** By `resource.operation`. */
export type Examples = Readonly<Record<string, Example>>;
