import { lazy, Suspense } from 'react'
import { Skeleton } from '@/components/ui/simple'
import { isMany, type Model, typeOf, viewOf } from '../../lib/types'
import { MultiselectControl, RefControl } from './choice'
import { FileControl } from './file'
import type { ValueControlProps } from './props'
import { RefSelectControl } from './ref-select'
import { BoolControl, CheckboxesControl, DateControl, JsonControl, NumberControl, RadioControl, SelectControl, SliderControl } from './simple'
import { AreaControl, LineControl, MarkdownControl } from './text'

const RichTextControl = lazy(async () => ({ default: (await import('./rich-text')).RichTextControl }))

/** The control of a value, by its field's type and view. */
export function ValueControl({ model, ...props }: ValueControlProps & { model: Model }) {
  const view = viewOf(model, props.field)
  switch (typeOf(props.field)) {
    case 'text':
      if (view === 'markdown') return <MarkdownControl {...props} />
      if (view !== 'tiptap') return <AreaControl {...props} />
      return (
        <Suspense fallback={<Skeleton className="h-44" />}>
          <RichTextControl {...props} />
        </Suspense>
      )
    case 'number':
    case 'float':
      return view === 'slider' ? <SliderControl {...props} /> : <NumberControl {...props} />
    case 'bool':
      return <BoolControl {...props} as={view === 'switch' ? 'switch' : 'checkbox'} />
    case 'date':
    case 'datetime':
      return <DateControl {...props} as={view} />
    case 'select':
      return view === 'radio' ? <RadioControl {...props} /> : <SelectControl {...props} />
    case 'multiselect':
      return view === 'checkboxes' ? <CheckboxesControl {...props} /> : <MultiselectControl {...props} />
    case 'ref':
      // a plain list holds one value
      return view === 'combobox' || isMany(props.field) ? <RefControl {...props} /> : <RefSelectControl {...props} />
    case 'file':
      return <FileControl {...props} model={model.slug} image={view === 'image'} />
    case 'document':
      return <JsonControl {...props} />
    default:
      return <LineControl {...props} />
  }
}
