import { Tabs as Primitive } from 'radix-ui'
import type { ComponentProps } from 'react'
import { cn } from '@/lib/cn'

export const Tabs = Primitive.Root

export function TabsList({ className, ...props }: ComponentProps<typeof Primitive.List>) {
  return <Primitive.List className={cn('flex gap-1 overflow-x-auto border-b border-line [scrollbar-width:none]', className)} {...props} />
}

export function TabsTrigger({ className, ...props }: ComponentProps<typeof Primitive.Trigger>) {
  return (
    <Primitive.Trigger
      className={cn('-mb-px h-9 shrink-0 border-b-2 border-transparent px-2 text-sm font-medium text-muted -outline-offset-2 hover:text-text data-[state=active]:border-accent data-[state=active]:text-text', className)}
      {...props}
    />
  )
}

export const TabsContent = Primitive.Content
